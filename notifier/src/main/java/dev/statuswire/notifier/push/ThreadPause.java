package dev.statuswire.notifier.push;

import java.time.Duration;

/** Lets the thread sleep. */
public final class ThreadPause implements Pause {

    @Override
    public void forThe(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
