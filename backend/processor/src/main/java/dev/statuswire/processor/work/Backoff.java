package dev.statuswire.processor.work;

import dev.statuswire.sdk.Retry;
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

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns a random time of up to the longest wait of the policy.
     *
     * @param failures how often the step has failed before, 0 or more
     */
    Duration after(int failures, Retry retry) {
        return Duration.ofMillis(random.nextLong(retry.longestWait(failures).toMillis() + 1));
    }
}
