package dev.statuswire.emulator.queue;

import java.time.Duration;

/**
 * The settings of a queue and its event source mapping.
 *
 * @param name the queue's name
 * @param visibility the visibility timeout: how long a received message stays hidden
 * @param retention the retention period: how long a message is kept
 * @param batchSize the maximum number of messages in one invocation, 1 to 10
 * @param concurrency the maximum number of concurrent invocations, 2 to 1000
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html">Lambda
 *     parameters for Amazon SQS event source mappings</a>
 */
public record SqsQueueSettings(
        String name, Duration visibility, Duration retention, int batchSize, int concurrency) {

    private static final int LARGEST_CONCURRENCY = 1000;

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public SqsQueueSettings {
        if (batchSize < 1 || batchSize > 10) {
            throw new IllegalArgumentException("a batch has 1 to 10 messages, not " + batchSize);
        }
        if (concurrency < 2 || concurrency > LARGEST_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "the maximum concurrency is 2 to 1000, not " + concurrency);
        }
    }
}
