package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A record to be delivered to the function.
 *
 * @param bytes its size in the payload
 * @param created the stream's {@code ApproximateCreationDateTime}
 * @param arrived the latest moment at which the record can have been created, by the steady clock;
 *     its age counts from then
 */
record BatchRecord(
        SequenceNumber number,
        DynamodbStreamRecord event,
        int bytes,
        Instant created,
        Instant arrived) {

    private static final Duration TRUNCATED = Duration.ofMinutes(1);

    /**
     * Creates a record that was read now. Only this method compares the creation time with the wall
     * clock, so setting the wall clock later does not change the record's age.
     *
     * <p>DynamoDB Local truncates the creation time to the minute. The age therefore counts from
     * the end of that minute. Otherwise, a record of 10:00:59 would be a minute old at 10:01:00
     * and, with the smallest maximum age, would be discarded as soon as it is read.
     *
     * @param clock the current time by the wall clock
     * @param steady the current time by the steady clock
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
