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
import java.util.Map;
import java.util.Optional;

/**
 * How the local runtime runs.
 *
 * @param listen of the page, the API and the live sockets
 * @param database where the tables are
 * @param timing leases and retention
 * @param pollInterval looks at the streams at Lambda's pace instead of at every write; empty to be
 *     woken
 * @param environment the process's variables, for what the modules read themselves
 */
public record LocalSettings(
        Listen listen,
        Database database,
        TransitionTiming timing,
        Optional<Duration> pollInterval,
        Map<String, String> environment) {

    public LocalSettings {
        environment = Map.copyOf(environment);
        requireIssuerUnlessLoopback(listen, environment);
    }

    /** Without an issuer everybody is the same owner, so nobody else may reach it. */
    private static void requireIssuerUnlessLoopback(
            Listen listen, Map<String, String> environment) {
        if (!listen.isLoopback() && OidcSettings.from(new Environment(environment)).isEmpty()) {
            throw new IllegalArgumentException(
                    "it would listen on "
                            + listen.address()
                            + ", where others can reach it; set STATUSWIRE_OIDC_ISSUER, so that"
                            + " they have to log in, or listen on 127.0.0.1");
        }
    }

    /** In memory, on free ports. */
    public static LocalSettings forTests(TransitionTiming timing) {
        return forTests(timing, Map.of());
    }

    /** In memory, on free ports, with these variables. */
    public static LocalSettings forTests(TransitionTiming timing, Map<String, String> environment) {
        return new LocalSettings(
                Listen.onLoopback(0),
                new Database.InMemory(0),
                timing,
                Optional.empty(),
                environment);
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    /**
     * Where a server listens.
     *
     * @param address a name or a number of this machine's; 0.0.0.0 for all of them
     * @param port 0 takes a free one
     */
    public record Listen(String address, int port) {

        public Listen {
            requirePort(port);
        }

        /** Where only this machine can reach it. */
        public static Listen onLoopback(int port) {
            return new Listen(ListeningPort.LOOPBACK, port);
        }

        boolean isLoopback() {
            try {
                return InetAddress.getByName(address).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException("not an address: " + address, unknown);
            }
        }
    }

    /** Where the tables are. */
    public sealed interface Database {

        /** DynamoDB Local, its tables in a folder. */
        record OnDisk(Path folder, int port) implements Database {
            public OnDisk {
                requirePort(port);
            }
        }

        /** DynamoDB Local, its tables gone at the end. */
        record InMemory(int port) implements Database {
            public InMemory {
                requirePort(port);
            }
        }

        /** Somebody else's engine. */
        record External(URI endpoint) implements Database {}
    }
}
