package dev.statuswire.tests.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts delays with a resolution of one millisecond, up to a minute. Thread-safe. */
final class Delays {

    private static final int MAX_MILLIS = 60_000;

    private final AtomicLongArray counts = new AtomicLongArray(MAX_MILLIS + 1);

    void add(Duration delay) {
        counts.incrementAndGet(Math.clamp(delay.toMillis(), 0, MAX_MILLIS));
    }

    long count() {
        long all = 0;
        for (int millis = 0; millis <= MAX_MILLIS; millis++) {
            all += counts.get(millis);
        }
        return all;
    }

    /** Returns the {@code percent}th percentile in milliseconds. */
    int percentile(int percent) {
        long wanted = count() * percent / 100;
        int millis = 0;
        for (long seen = counts.get(0); seen < wanted && millis < MAX_MILLIS; ) {
            seen += counts.get(++millis);
        }
        return millis;
    }
}
