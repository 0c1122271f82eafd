package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.mapping.LaneQueue.Action;
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

    private final LaneQueue queue = new LaneQueue(10, Duration.ofMinutes(5));

    @Test
    void an_empty_queue_is_idle() {
        assertThat(queue.next(NOON)).isEqualTo(new Action.Idle());
    }

    @Test
    void waiting_records_are_invoked_together_and_once() {
        queue.add(StreamRecords.range(1, 3));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(1, 3)));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Idle());
    }

    @Test
    void failed_batches_go_first_in_order_but_not_before_their_time() {
        queue.add(StreamRecords.range(9, 9));
        queue.retry(
                List.of(StreamRecords.batch(1, 2), StreamRecords.batch(3, 4)), NOON.plusSeconds(1));
        assertThat(queue.next(NOON)).isEqualTo(new Action.NotBefore(NOON.plusSeconds(1)));
        assertThat(queue.next(NOON.plusSeconds(1)))
                .isEqualTo(new Action.Invoke(StreamRecords.batch(1, 2)));
        assertThat(queue.next(NOON.plusSeconds(1)))
                .isEqualTo(new Action.Invoke(StreamRecords.batch(3, 4)));
        assertThat(queue.next(NOON.plusSeconds(1)))
                .isEqualTo(new Action.Invoke(StreamRecords.batch(9, 9)));
    }

    @Test
    void a_half_that_fails_again_is_retried_before_the_other_half() {
        queue.retry(List.of(StreamRecords.batch(1, 2), StreamRecords.batch(3, 4)), NOON);
        queue.next(NOON);
        queue.retry(List.of(StreamRecords.batch(1, 1), StreamRecords.batch(2, 2)), NOON);
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(1, 1)));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(2, 2)));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(3, 4)));
    }

    @Test
    void records_over_the_maximum_age_are_discarded_and_younger_ones_invoked() {
        BatchRecord old =
                StreamRecords.numbered(1, 100, NOON.minusSeconds(301), NOON.minusSeconds(301));
        queue.add(List.of(old, StreamRecords.numbered(2)));
        assertThat(queue.next(NOON))
                .isEqualTo(
                        new Action.Discard(
                                Batch.of(List.of(old)), DiscardReason.RECORD_AGE_EXCEEDED));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(2, 2)));
    }

    @Test
    void a_record_of_exactly_the_maximum_age_is_still_invoked() {
        queue.add(StreamRecords.range(1, 1));
        assertThat(queue.next(NOON.plusSeconds(300))).isInstanceOf(Action.Invoke.class);
        queue.add(StreamRecords.range(2, 2));
        assertThat(queue.next(NOON.plusSeconds(300).plusNanos(1)))
                .isInstanceOf(Action.Discard.class);
    }

    @Test
    void an_old_record_behind_a_young_one_is_not_discarded_early() {
        BatchRecord old =
                StreamRecords.numbered(2, 100, NOON.minusSeconds(301), NOON.minusSeconds(301));
        queue.add(List.of(StreamRecords.numbered(1), old));
        assertThat(queue.next(NOON)).isInstanceOf(Action.Invoke.class);
    }

    @Test
    void the_age_is_checked_before_each_retry() {
        queue.retry(List.of(StreamRecords.batch(1, 2).afterCountedFailure()), NOON);
        assertThat(queue.next(NOON.plusSeconds(301)))
                .isEqualTo(
                        new Action.Discard(
                                StreamRecords.batch(1, 2).afterCountedFailure(),
                                DiscardReason.RECORD_AGE_EXCEEDED));
    }

    @Test
    void a_creation_time_truncated_to_the_minute_does_not_make_a_record_too_old() {
        LaneQueue strict = new LaneQueue(10, Duration.ofSeconds(60));
        Instant created = NOON.plusSeconds(59);
        strict.add(List.of(StreamRecords.numbered(1, 100, NOON, created)));
        assertThat(strict.next(NOON.plusSeconds(61))).isInstanceOf(Action.Invoke.class);
    }

    @Test
    void a_record_read_late_has_the_age_that_the_stream_reports() {
        LaneQueue strict = new LaneQueue(10, Duration.ofSeconds(60));
        strict.add(List.of(StreamRecords.numbered(1, 100, NOON, NOON.plusSeconds(600))));
        assertThat(strict.next(NOON.plusSeconds(600))).isInstanceOf(Action.Discard.class);
    }

    @Test
    void a_batch_has_at_most_the_batch_size() {
        queue.add(StreamRecords.range(1, 12));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(1, 10)));
        assertThat(queue.next(NOON)).isEqualTo(new Action.Invoke(StreamRecords.batch(11, 12)));
    }

    /**
     * Two records in {@code {"Records":[,]}}: the envelope has 14 bytes, and a comma is counted for
     * each record.
     */
    @Test
    void the_limit_of_6_mb_applies_to_the_whole_payload_to_the_byte() {
        int half = (LaneQueue.PAYLOAD_LIMIT - 14) / 2 - 1;
        queue.add(
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
    void a_record_over_the_limit_is_sent_alone() {
        queue.add(
                List.of(
                        StreamRecords.numbered(1, LaneQueue.PAYLOAD_LIMIT + 1, NOON, NOON),
                        StreamRecords.numbered(2)));
        assertThat(sizeOfNext()).isEqualTo(1);
        assertThat(sizeOfNext()).isEqualTo(1);
    }

    private int sizeOfNext() {
        return queue.next(NOON) instanceof Action.Invoke(Batch batch) ? batch.size() : 0;
    }
}
