package dev.statuswire.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts the runtime down gracefully on Ctrl-C and SIGTERM and exits with code 0; by default, the
 * JVM would exit with 130 or 143.
 */
final class ShutdownSignal {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSignal.class);

    private ShutdownSignal() {}

    static void closes(LocalRuntime runtime) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(runtime), "end-of-process"));
    }

    private static void end(LocalRuntime runtime) {
        int code = 0;
        try {
            runtime.close();
        } catch (RuntimeException failed) {
            LOG.error(
                    "the shutdown failed; the next start continues the unfinished requests",
                    failed);
            code = 1;
        }
        Runtime.getRuntime().halt(code);
    }
}
