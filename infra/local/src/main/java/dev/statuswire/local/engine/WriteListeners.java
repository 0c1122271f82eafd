package dev.statuswire.local.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know of writes. One that fails does not keep the others, or the writer, from going
 * on.
 */
final class WriteListeners implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(WriteListeners.class);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void add(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void run() {
        listeners.forEach(WriteListeners::call);
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
