package dev.statuswire.emulator.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The listeners for writes to tables. A listener that fails affects neither the other listeners nor
 * the writer. Thread-safe.
 */
final class WriteListeners {

    private static final Logger log = LoggerFactory.getLogger(WriteListeners.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(String table, Runnable action) {}

    void add(String table, Runnable listener) {
        listeners.add(new Listener(table, listener));
    }

    /**
     * Calls the listeners of the tables that {@code request}, which has succeeded, may have
     * changed.
     */
    void done(SdkRequest request) {
        WrittenTables written = WrittenTables.of(request);
        for (Listener listener : listeners) {
            if (written.mayInclude(listener.table())) {
                call(listener.action());
            }
        }
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.warn(
                    "a write listener failed; the write is unaffected, and the next write"
                            + " calls the listener again",
                    e);
        }
    }
}
