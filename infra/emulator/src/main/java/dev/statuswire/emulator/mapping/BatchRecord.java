package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A record on its way to the function.
 *
 * @param bytes its share of the payload
 * @param created the stream's {@code ApproximateCreationDateTime}
 * @param arrived the latest moment at which it can have been made, by the steady clock, from which
 *     its age counts
 */
record BatchRecord(
        SequenceNumber number,
        DynamodbStreamRecord event,
        int bytes,
        Instant created,
        Instant arrived) {

    private static final Duration TRUNCATED = Duration.ofMinutes(1);

    /**
     * A record that is read now. Its creation time is compared with the wall clock only here, so
     * that a wall clock that is set later does not change the record's age.
     *
     * <p>DynamoDB Local truncates the creation time to the minute: without allowing for that, a
     * record of 10:00:59 would be a minute old at 10:01:00 and, with the least maximum age, be
     * discarded as soon as it is read.
     *
     * @param clock the time by the wall clock
     * @param steady the time by the steady clock
     */
    static BatchRecord read(
            SequenceNumber number,
            DynamodbStreamRecord event,
            int bytes,
            Instant created,
            Instant clock,
            Instant steady) {
        Duration age = Duration.between(created.plus(TRUNCATED), clock);
        Instant arrived = age.isPositive() ? steady.minus(age) : steady;
        return new BatchRecord(number, event, bytes, created, arrived);
    }
}
