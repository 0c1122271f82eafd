package dev.statuswire.emulator.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Who wants to know of writes to a table. One that fails does not keep the others, or the writer,
 * from going on. Thread-safe.
 */
final class WriteListeners {

    private static final Logger log = LoggerFactory.getLogger(WriteListeners.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(String table, Runnable action) {}

    void add(String table, Runnable listener) {
        listeners.add(new Listener(table, listener));
    }

    /** {@code request} was carried out. */
    void done(SdkRequest request) {
        WrittenTables written = WrittenTables.of(request);
        for (Listener listener : listeners) {
            if (written.mayHave(listener.table())) {
                call(listener.action());
            }
        }
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.warn(
                    "a listener to writes failed; the write stands and the next one calls it again",
                    e);
        }
    }
}
