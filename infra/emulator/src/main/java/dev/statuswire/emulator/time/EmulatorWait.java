package dev.statuswire.emulator.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How a thread of the emulator waits, so that a test or a simulation controls it. Thread-safe. */
@FunctionalInterface
public interface EmulatorWait {

    /** In real time. */
    EmulatorWait REAL =
            (signal, longest) -> signal.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);

    /**
     * Blocks until {@code signal} has a permit, which it takes, or {@code longest} has passed. Does
     * not block if {@code longest} is not positive.
     *
     * @return whether it took a permit
     * @throws InterruptedException if the thread is interrupted before or meanwhile
     */
    boolean forPermit(Semaphore signal, Duration longest) throws InterruptedException;
}
