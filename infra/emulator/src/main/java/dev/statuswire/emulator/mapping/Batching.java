package dev.statuswire.emulator.mapping;

import java.time.Duration;

/**
 * How records are put together for one invocation.
 *
 * @param size most records in a batch, 1..10000; Lambda's default is 100
 * @param window how long to gather records for a fuller batch, 0..300 s in whole seconds; Lambda's
 *     default is 0
 * @param parallelizationFactor batches of one shard at once, 1..10; Lambda's default is 1
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">CreateEventSourceMapping</a>
 */
public record Batching(int size, Duration window, int parallelizationFactor) {

    public static final Batching DEFAULT = new Batching(100, Duration.ZERO, 1);

    private static final int LARGEST = 10_000;
    private static final int LONGEST_SECONDS = 300;
    private static final int MOST_LANES = 10;

    /**
     * @throws IllegalArgumentException a value is out of its range
     */
    public Batching {
        Ranges.check("batch size", size, 1, LARGEST);
        Ranges.checkSeconds("maximum batching window", window, 0, LONGEST_SECONDS);
        Ranges.check("parallelization factor", parallelizationFactor, 1, MOST_LANES);
    }
}
