package dev.statuswire.tests.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long things took, to the millisecond, up to a minute. Thread-safe. */
final class Delays {

    private static final int MOST_MILLIS = 60_000;

    private final AtomicLongArray counts = new AtomicLongArray(MOST_MILLIS + 1);

    void add(Duration delay) {
        counts.incrementAndGet(Math.clamp(delay.toMillis(), 0, MOST_MILLIS));
    }

    long count() {
        long all = 0;
        for (int millis = 0; millis <= MOST_MILLIS; millis++) {
            all += counts.get(millis);
        }
        return all;
    }

    /** The longest of the quickest {@code percent} in a hundred, in milliseconds. */
    int percentile(int percent) {
        long wanted = count() * percent / 100;
        int millis = 0;
        for (long seen = counts.get(0); seen < wanted && millis < MOST_MILLIS; ) {
            seen += counts.get(++millis);
        }
        return millis;
    }
}
