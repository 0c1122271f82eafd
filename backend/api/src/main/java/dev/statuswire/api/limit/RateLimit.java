package dev.statuswire.api.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Limits how often each caller does something in a fixed period. A period starts with the first
 * time, so twice the limit is possible in a time as long as the period. Each process counts only
 * what it sees. At most {@value #MAX_CALLERS} callers are tracked; beyond that, the caller that was
 * seen least recently starts at zero again. Thread-safe, never blocks.
 */
public final class RateLimit {

    private static final int MAX_CALLERS = 10_000;

    private final int max;
    private final Duration period;
    private final InstantSource steady;

    /** Ordered by the last use, oldest first. Guarded by this. */
    private final Map<String, Counted> byCaller = new RecentOwners<>(MAX_CALLERS);

    /**
     * Creates a limit that has counted nothing.
     *
     * @param max how often a caller may do it in a period, positive
     * @param steady measures the period
     */
    public RateLimit(int max, Duration period, InstantSource steady) {
        this.max = max;
        this.period = period;
        this.steady = steady;
    }

    /** Returns whether {@code caller} may do it once more now; if so, counts it. */
    public synchronized boolean admits(String caller) {
        Counted counted = current(caller);
        boolean admitted = counted.count() < max;
        byCaller.put(caller, admitted ? counted.plusOne() : counted);
        return admitted;
    }

    private Counted current(String caller) {
        Instant now = steady.instant();
        Counted counted = byCaller.get(caller);
        return counted == null || !now.isBefore(counted.since().plus(period))
                ? new Counted(now, 0)
                : counted;
    }

    private record Counted(Instant since, int count) {

        Counted plusOne() {
            return new Counted(since, count + 1);
        }
    }
}
