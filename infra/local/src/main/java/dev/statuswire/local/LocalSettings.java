package dev.statuswire.local;

import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.emulator.loopback.ListeningPort;
import dev.statuswire.identity.OidcSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the local runtime.
 *
 * @param listen where the page, the API and the live sockets listen
 * @param database the location of the tables
 * @param timing the leases and the retention
 * @param typeFolders folders of jars and Maven projects, whose request types are reloaded when they
 *     change
 * @param pollInterval how often to poll the streams, as Lambda does; empty to read them after every
 *     write
 * @param environment the variables of the process, for the settings that the modules read
 *     themselves
 */
public record LocalSettings(
        ListenAddress listen,
        Database database,
        TransitionTiming timing,
        List<Path> typeFolders,
        Optional<Duration> pollInterval,
        Map<String, String> environment) {

    public LocalSettings {
        typeFolders = List.copyOf(typeFolders);
        environment = Map.copyOf(environment);
        requireIssuerUnlessLoopback(listen, environment);
    }

    /**
     * Checks that the server listens on a loopback address if there is no issuer, because every
     * caller would then be the same owner.
     */
    private static void requireIssuerUnlessLoopback(
            ListenAddress listen, Map<String, String> environment) {
        if (!listen.isLoopback() && OidcSettings.from(new Environment(environment)).isEmpty()) {
            throw new IllegalArgumentException(
                    "--bind "
                            + listen.address()
                            + " makes the server reachable from other machines, so users must"
                            + " log in; set STATUSWIRE_OIDC_ISSUER, or use --bind 127.0.0.1");
        }
    }

    /** Returns settings with tables in memory and free ports. */
    public static LocalSettings forTests(TransitionTiming timing) {
        return forTests(timing, Map.of());
    }

    /** Returns settings with tables in memory, free ports and these variables. */
    public static LocalSettings forTests(TransitionTiming timing, Map<String, String> environment) {
        return new LocalSettings(
                ListenAddress.onLoopback(0),
                new Database.InMemory(0),
                timing,
                List.of(),
                Optional.empty(),
                environment);
    }

    /** Returns these settings with other watched folders. */
    public LocalSettings withTypeFolders(List<Path> folders) {
        return new LocalSettings(listen, database, timing, folders, pollInterval, environment);
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("invalid port " + port + "; use 0 to 65535");
        }
    }

    /**
     * The address and port that a server listens on.
     *
     * @param address a host name or IP address of this machine; 0.0.0.0 for all addresses
     * @param port 0 selects a free port
     */
    public record ListenAddress(String address, int port) {

        public ListenAddress {
            requirePort(port);
        }

        /** Listens on 127.0.0.1, which only this machine can reach. */
        public static ListenAddress onLoopback(int port) {
            return new ListenAddress(ListeningPort.LOOPBACK, port);
        }

        boolean isLoopback() {
            try {
                return InetAddress.getByName(address).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException("unknown host or address: " + address, unknown);
            }
        }
    }

    /** The location of the tables. */
    public sealed interface Database {

        /** DynamoDB Local with its tables in a folder. */
        record OnDisk(Path folder, int port) implements Database {
            public OnDisk {
                requirePort(port);
            }
        }

        /** DynamoDB Local with its tables in memory only. */
        record InMemory(int port) implements Database {
            public InMemory {
                requirePort(port);
            }
        }

        /** A DynamoDB-compatible database that the runtime does not start. */
        record External(URI endpoint) implements Database {}
    }
}
