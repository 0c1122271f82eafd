package dev.statuswire.local;

import dev.statuswire.core.transition.Timing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the local runtime runs.
 *
 * @param port of the page, the API and the live sockets; 0 takes a free one
 * @param database where the tables are
 * @param timing leases and retention
 * @param pollInterval looks at the streams at Lambda's pace instead of at every write; empty to be
 *     woken
 * @param environment the process's variables, for what the modules read themselves
 */
public record LocalSettings(
        int port,
        Database database,
        Timing timing,
        Optional<Duration> pollInterval,
        Map<String, String> environment) {

    public LocalSettings {
        requirePort(port);
        environment = Map.copyOf(environment);
    }

    /** In memory, on free ports. */
    public static LocalSettings forTests(Timing timing) {
        return new LocalSettings(
                0, new Database.InMemory(0), timing, Optional.empty(), Map.of());
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
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
