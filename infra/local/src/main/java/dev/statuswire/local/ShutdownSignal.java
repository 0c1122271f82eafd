package dev.statuswire.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and SIGTERM: ends the runtime in order, then the process with code 0, where the JVM by
 * itself would make it 130 or 143.
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
            LOG.error("the end was not in order; the next start goes on from here", failed);
            code = 1;
        }
        Runtime.getRuntime().halt(code);
    }
}
