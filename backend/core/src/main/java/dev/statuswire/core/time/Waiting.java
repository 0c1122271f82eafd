package dev.statuswire.core.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits while time passes. Whoever waits for a time does it through here. Thread-safe. */
@FunctionalInterface
public interface Waiting {

    /** Real time. */
    Waiting REAL = (signal, longest) -> signal.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);

    /**
     * Blocks until {@code signal} has a permit, which it takes, or {@code longest} has passed; does
     * not block at all where that is not positive.
     *
     * @return whether it took a permit
     * @throws InterruptedException where the thread is interrupted before or meanwhile
     */
    boolean forPermit(Semaphore signal, Duration longest) throws InterruptedException;

    /** Blocks for {@code time}. */
    default void pause(Duration time) throws InterruptedException {
        forPermit(new Semaphore(0), time);
    }
}
