package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.mapping.LaneQueue.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The order of a lane's work, and the age of records.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>: {@code MaximumRecordAgeInSeconds}, "-1 means infinite: failed
 *     records are retried until the record expires. The data retention limit for DynamoDB Streams
 *     is 24 hours"
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>: "Lambda retries until the records expire, exceed the maximum age, or
 *     reach the configured retry quota", then it "discards the records and continues processing
 *     batches from the stream"
 */
final class LaneQueueTest {

    private static final Instant NOON = StreamRecords.NOON;

    private final LaneQueue work = new LaneQueue(10, Duration.ofMinutes(5));

    @Test
    void with_nothing_to_do_it_idles() {
        assertThat(work.next(NOON)).isEqualTo(new Turn.Idle());
    }

    @Test
    void what_waits_is_invoked_together_and_once() {
        work.add(StreamRecords.range(1, 3));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(1, 3)));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Idle());
    }

    @Test
    void what_failed_goes_first_in_order_and_not_before_its_time() {
        work.add(StreamRecords.range(9, 9));
        work.again(
                List.of(StreamRecords.batch(1, 2), StreamRecords.batch(3, 4)), NOON.plusSeconds(1));
        assertThat(work.next(NOON)).isEqualTo(new Turn.NotBefore(NOON.plusSeconds(1)));
        assertThat(work.next(NOON.plusSeconds(1)))
                .isEqualTo(new Turn.Invoke(StreamRecords.batch(1, 2)));
        assertThat(work.next(NOON.plusSeconds(1)))
                .isEqualTo(new Turn.Invoke(StreamRecords.batch(3, 4)));
        assertThat(work.next(NOON.plusSeconds(1)))
                .isEqualTo(new Turn.Invoke(StreamRecords.batch(9, 9)));
    }

    @Test
    void a_half_that_fails_again_goes_before_the_other_half() {
        work.again(List.of(StreamRecords.batch(1, 2), StreamRecords.batch(3, 4)), NOON);
        work.next(NOON);
        work.again(List.of(StreamRecords.batch(1, 1), StreamRecords.batch(2, 2)), NOON);
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(1, 1)));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(2, 2)));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(3, 4)));
    }

    @Test
    void records_past_the_maximum_age_are_discarded_and_the_younger_ones_invoked() {
        BatchRecord old =
                StreamRecords.numbered(1, 100, NOON.minusSeconds(301), NOON.minusSeconds(301));
        work.add(List.of(old, StreamRecords.numbered(2)));
        assertThat(work.next(NOON))
                .isEqualTo(
                        new Turn.Discard(
                                Batch.of(List.of(old)), DiscardReason.RECORD_AGE_EXCEEDED));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(2, 2)));
    }

    @Test
    void a_record_of_exactly_the_maximum_age_is_still_invoked() {
        work.add(StreamRecords.range(1, 1));
        assertThat(work.next(NOON.plusSeconds(300))).isInstanceOf(Turn.Invoke.class);
        work.add(StreamRecords.range(2, 2));
        assertThat(work.next(NOON.plusSeconds(300).plusNanos(1))).isInstanceOf(Turn.Discard.class);
    }

    @Test
    void an_old_record_behind_a_young_one_is_left_for_its_turn() {
        BatchRecord old =
                StreamRecords.numbered(2, 100, NOON.minusSeconds(301), NOON.minusSeconds(301));
        work.add(List.of(StreamRecords.numbered(1), old));
        assertThat(work.next(NOON)).isInstanceOf(Turn.Invoke.class);
    }

    @Test
    void age_is_looked_at_before_each_retry() {
        work.again(List.of(StreamRecords.batch(1, 2).triedOnce()), NOON);
        assertThat(work.next(NOON.plusSeconds(301)))
                .isEqualTo(
                        new Turn.Discard(
                                StreamRecords.batch(1, 2).triedOnce(),
                                DiscardReason.RECORD_AGE_EXCEEDED));
    }

    @Test
    void a_creation_time_truncated_to_the_minute_makes_no_record_older_than_it_is() {
        LaneQueue strict = new LaneQueue(10, Duration.ofSeconds(60));
        Instant made = NOON.plusSeconds(59);
        strict.add(List.of(StreamRecords.numbered(1, 100, NOON, made)));
        assertThat(strict.next(NOON.plusSeconds(61))).isInstanceOf(Turn.Invoke.class);
    }

    @Test
    void a_record_read_late_has_the_age_that_the_stream_says() {
        LaneQueue strict = new LaneQueue(10, Duration.ofSeconds(60));
        strict.add(List.of(StreamRecords.numbered(1, 100, NOON, NOON.plusSeconds(600))));
        assertThat(strict.next(NOON.plusSeconds(600))).isInstanceOf(Turn.Discard.class);
    }

    @Test
    void a_batch_has_at_most_its_size() {
        work.add(StreamRecords.range(1, 12));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(1, 10)));
        assertThat(work.next(NOON)).isEqualTo(new Turn.Invoke(StreamRecords.batch(11, 12)));
    }

    /**
     * Two records in {@code {"Records":[,]}}: 14 bytes around them, and a comma counted for each.
     */
    @Test
    void six_megabytes_are_those_of_the_whole_payload_to_the_byte() {
        int half = (LaneQueue.PAYLOAD_LIMIT - 14) / 2 - 1;
        work.add(
                List.of(
                        StreamRecords.numbered(1, half, NOON, NOON),
                        StreamRecords.numbered(2, half, NOON, NOON),
                        StreamRecords.numbered(3, half, NOON, NOON),
                        StreamRecords.numbered(4, half + 1, NOON, NOON)));
        assertThat(sizeOfNext()).isEqualTo(2);
        assertThat(sizeOfNext()).isEqualTo(1);
        assertThat(sizeOfNext()).isEqualTo(1);
    }

    @Test
    void a_record_over_the_limit_goes_alone() {
        work.add(
                List.of(
                        StreamRecords.numbered(1, LaneQueue.PAYLOAD_LIMIT + 1, NOON, NOON),
                        StreamRecords.numbered(2)));
        assertThat(sizeOfNext()).isEqualTo(1);
        assertThat(sizeOfNext()).isEqualTo(1);
    }

    private int sizeOfNext() {
        return work.next(NOON) instanceof Turn.Invoke(Batch batch) ? batch.size() : 0;
    }
}
