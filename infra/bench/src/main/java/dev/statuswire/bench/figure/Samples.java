package dev.statuswire.bench.figure;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Durations that were measured. Thread-safe. */
public final class Samples {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Collection<Long> nanos = new ConcurrentLinkedQueue<>();

    /** Adds a duration in nanoseconds. */
    public void add(long duration) {
        nanos.add(duration);
    }

    /** Runs {@code call} and adds how long that took. */
    public void time(Runnable call) {
        long begin = System.nanoTime();
        call.run();
        add(System.nanoTime() - begin);
    }

    /** In milliseconds; not a number where there is none. */
    public double median() {
        return percentile(50);
    }

    /** In milliseconds, by nearest rank; not a number where there is none. */
    public double p99() {
        return percentile(99);
    }

    private double percentile(int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }
}
