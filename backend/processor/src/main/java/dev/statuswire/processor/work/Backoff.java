package dev.statuswire.processor.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a step is tried again: full jitter, so that many that failed together do
 * not come back together.
 *
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     Backoff And Jitter</a>
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 5;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * From nothing up to 2 s after the first failure, 4 s after the second, and so on to a minute.
     *
     * @param failures how often it failed before, 0 or more
     */
    Duration after(int failures) {
        Duration most = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        long bound = Math.min(most.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
