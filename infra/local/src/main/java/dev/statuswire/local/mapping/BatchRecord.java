package dev.statuswire.local.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A record on its way to the function.
 *
 * @param bytes its share of the payload
 * @param created the stream's {@code ApproximateCreationDateTime}
 * @param seen when it was read
 */
record BatchRecord(
        SequenceNumber number,
        DynamodbStreamRecord event,
        int bytes,
        Instant created,
        Instant seen) {

    private static final Duration TRUNCATED = Duration.ofMinutes(1);

    /**
     * The latest moment at which it can have been made, from which its age counts. DynamoDB Local
     * truncates the creation time to the minute: taken as it is, a record of 10:00:59 would be a
     * minute old at 10:01:00 and, with the least maximum age, be discarded at birth.
     */
    Instant arrived() {
        Instant latest = created.plus(TRUNCATED);
        return latest.isBefore(seen) ? latest : seen;
    }
}
