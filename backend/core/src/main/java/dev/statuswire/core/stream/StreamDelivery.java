package dev.statuswire.core.stream;

import java.time.Duration;

/**
 * How the records of a stream are handed to a function: what every event source mapping is set to,
 * on AWS and on one machine.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>
 */
public final class StreamDelivery {

    /** The most records of one invocation. */
    public static final int BATCH_SIZE = 100;

    /** How many batches of one shard may be under way at once. */
    public static final int PARALLELIZATION_FACTOR = 10;

    /** How often a record that fails by itself is tried again before it is discarded. */
    public static final int RETRIES = 10;

    /** An older record is discarded; what it was about is due long before. */
    public static final Duration OLDEST_RECORD = Duration.ofHours(1);

    /**
     * The event pattern of the stream processor's mapping: what became ACCEPTED is started, and
     * what became RETRYING gets a timer.
     */
    public static final String ACCEPTED_OR_RETRYING =
            """
            {"eventName":["INSERT","MODIFY"],
             "dynamodb":{"NewImage":{"status":{"S":["ACCEPTED","RETRYING"]}}}}
            """;

    private StreamDelivery() {}
}
