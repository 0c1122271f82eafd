package dev.statuswire.core.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits while time passes. All code that waits for a time uses this interface. Thread-safe. */
@FunctionalInterface
public interface Waiting {

    /** Waits in real time. */
    Waiting REAL = (signal, longest) -> signal.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);

    /**
     * Blocks until {@code signal} has a permit, which is then acquired, or until {@code longest}
     * has passed. Does not block if {@code longest} is not positive.
     *
     * @return whether a permit was acquired
     * @throws InterruptedException if the thread is interrupted before or during the wait
     */
    boolean awaitPermit(Semaphore signal, Duration longest) throws InterruptedException;

    /** Blocks for {@code time}. */
    default void pause(Duration time) throws InterruptedException {
        awaitPermit(new Semaphore(0), time);
    }
}
