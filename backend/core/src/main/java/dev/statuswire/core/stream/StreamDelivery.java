package dev.statuswire.core.stream;

import java.time.Duration;

/**
 * How a stream's records are delivered to a function: the settings of every event source mapping,
 * on AWS and on one machine.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>
 */
public final class StreamDelivery {

    /** The maximum number of records in one invocation. */
    public static final int BATCH_SIZE = 100;

    /** How many batches of one shard may be processed at the same time. */
    public static final int PARALLELIZATION_FACTOR = 10;

    /** How often a single failing record is retried before it is discarded. */
    public static final int RETRIES = 10;

    /**
     * The maximum age of a record. Older records are discarded; by then, their requests have long
     * been due.
     */
    public static final Duration OLDEST_RECORD = Duration.ofHours(1);

    /**
     * The event pattern of the stream processor's mapping: the processor starts a request that
     * became ACCEPTED, and sets a timer for one that became due at a later time.
     */
    public static final String ACCEPTED_OR_DUE_LATER =
            """
            {"eventName":["INSERT","MODIFY"],
             "dynamodb":{"NewImage":{"status":{"S":["ACCEPTED","RETRYING","SCHEDULED","WAITING"]}}}}
            """;

    private StreamDelivery() {}
}
