package dev.statuswire.emulator.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How a thread of the emulator waits, injected so that tests and simulations control it.
 * Thread-safe.
 */
@FunctionalInterface
public interface EmulatorWait {

    /** Waits in real time. */
    EmulatorWait REAL =
            (signal, longest) -> signal.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);

    /**
     * Takes a permit of {@code signal}, blocking until there is one or {@code longest} has passed.
     * Does not block if {@code longest} is not positive.
     *
     * @return whether it took a permit
     * @throws InterruptedException if the thread is interrupted before or during the wait
     */
    boolean awaitPermit(Semaphore signal, Duration longest) throws InterruptedException;
}
