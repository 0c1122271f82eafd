package dev.statuswire.bench.result;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Measured durations. Thread-safe. */
public final class Samples {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Collection<Long> nanos = new ConcurrentLinkedQueue<>();

    /** Adds a duration in nanoseconds. */
    public void add(long duration) {
        nanos.add(duration);
    }

    /** Runs {@code call} and adds its duration. */
    public void time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        add(System.nanoTime() - start);
    }

    /** Returns the median in milliseconds; NaN if there are no samples. */
    public double median() {
        return percentile(50);
    }

    /**
     * Returns the 99th percentile by nearest rank, in milliseconds; NaN if there are no samples.
     */
    public double p99() {
        return percentile(99);
    }

    private double percentile(int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }
}
