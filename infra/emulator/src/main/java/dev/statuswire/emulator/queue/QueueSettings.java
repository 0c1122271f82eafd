package dev.statuswire.emulator.queue;

import java.time.Duration;

/**
 * What a queue and its event source mapping are set to.
 *
 * @param name of the queue
 * @param visibility how long a message is hidden that an invocation has
 * @param retention how long a message is kept
 * @param batchSize the most messages of one invocation, 1 to 10
 * @param concurrency how many invocations may be under way at once, 2 to 1000
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html">Lambda
 *     parameters for Amazon SQS event source mappings</a>
 */
public record QueueSettings(
        String name, Duration visibility, Duration retention, int batchSize, int concurrency) {

    private static final int MOST_AT_ONCE = 1000;

    /**
     * @throws IllegalArgumentException a value is out of its range
     */
    public QueueSettings {
        if (batchSize < 1 || batchSize > 10) {
            throw new IllegalArgumentException("a batch has 1 to 10 messages, not " + batchSize);
        }
        if (concurrency < 2 || concurrency > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "2 to 1000 invocations may be under way, not " + concurrency);
        }
    }
}
