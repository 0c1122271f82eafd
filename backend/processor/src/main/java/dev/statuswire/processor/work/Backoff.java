package dev.statuswire.processor.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes how long to wait before a step is retried: exponential backoff with full jitter, so that
 * requests that failed together are not retried together.
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
     * Returns a random time: up to 2 s after the first failure, up to 4 s after the second, and so
     * on, up to a minute.
     *
     * @param failures how often the request has failed before, 0 or more
     */
    Duration after(int failures) {
        Duration most = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        long bound = Math.min(most.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
