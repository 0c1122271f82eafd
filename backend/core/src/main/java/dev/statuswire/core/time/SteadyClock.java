package dev.statuswire.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock for durations within one process. It runs steadily even if the wall clock is set forward
 * or back. Its instants have no meaning by themselves; only the time between two of them does.
 * Thread-safe.
 */
public final class SteadyClock implements InstantSource {

    /** The clock of this process. */
    public static final SteadyClock OF_PROCESS = new SteadyClock();

    private final long start = System.nanoTime();
    private final AtomicLong suspendedNanos = new AtomicLong();

    /** Creates a clock that starts now. */
    public SteadyClock() {}

    /**
     * Adds time during which the process was suspended, such as between a snapshot and its restore.
     *
     * @param time not negative
     */
    public void addSuspended(Duration time) {
        suspendedNanos.addAndGet(time.toNanos());
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - start + suspendedNanos.get());
    }
}
