package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * When a batch goes out.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">Batching
 *     behavior</a>: "Lambda invokes your function when one of the following three criteria is met":
 *     "The batching window reaches its maximum value", "The batch size is met", "The payload size
 *     reaches 6 MB"
 */
final class BatchCutterTest {

    private static final Instant NOON = StreamRecords.NOON;

    private final Deque<BatchRecord> waiting = new ArrayDeque<>();

    @Test
    void nothing_waits_and_nothing_is_cut() {
        assertThat(cut(new BatchCutter(Batching.DEFAULT), NOON)).isEmpty();
    }

    @Test
    void without_a_window_what_waits_goes_at_once_up_to_the_batch_size() {
        waiting.addAll(StreamRecords.range(1, 5));
        BatchCutter cutter = new BatchCutter(new Batching(3, Duration.ZERO, 1));
        assertThat(cut(cutter, NOON))
                .map(StreamRecords::numbers)
                .hasValueSatisfying(n -> assertThat(n).containsExactly(1, 2, 3));
        assertThat(cut(cutter, NOON))
                .map(StreamRecords::numbers)
                .hasValueSatisfying(n -> assertThat(n).containsExactly(4, 5));
        assertThat(waiting).isEmpty();
    }

    @Test
    void a_window_holds_back_a_batch_that_is_not_full_until_it_is_over() {
        waiting.addAll(StreamRecords.range(1, 2));
        BatchCutter cutter = new BatchCutter(new Batching(3, Duration.ofSeconds(10), 1));
        assertThat(cut(cutter, NOON.plusSeconds(9))).isEmpty();
        assertThat(cutter.dueAt(waiting, Instant.MIN)).isEqualTo(NOON.plusSeconds(10));
        assertThat(cut(cutter, NOON.plusSeconds(10))).isPresent();
    }

    @Test
    void a_full_batch_does_not_wait_for_the_window() {
        waiting.addAll(StreamRecords.range(1, 3));
        assertThat(cut(new BatchCutter(new Batching(3, Duration.ofSeconds(10), 1)), NOON))
                .isPresent();
    }

    /** "The next window begins as soon as the previous function invocation completes." */
    @Test
    void a_window_begins_no_sooner_than_the_invocation_before_it_ended() {
        waiting.addAll(StreamRecords.range(1, 2));
        BatchCutter cutter = new BatchCutter(new Batching(3, Duration.ofSeconds(10), 1));
        Instant free = NOON.plusSeconds(4);
        assertThat(cutter.dueAt(waiting, free)).isEqualTo(NOON.plusSeconds(14));
        assertThat(cutter.cut(waiting, free, NOON.plusSeconds(13))).isEmpty();
        assertThat(cutter.cut(waiting, free, NOON.plusSeconds(14))).isPresent();
    }

    @Test
    void six_megabytes_of_payload_fill_a_batch() {
        int half = BatchCutter.PAYLOAD_LIMIT / 2 - 100;
        for (int number = 1; number <= 3; number++) {
            waiting.add(StreamRecords.numbered(number, half, NOON, NOON));
        }
        BatchCutter cutter = new BatchCutter(new Batching(100, Duration.ofSeconds(10), 1));
        assertThat(cut(cutter, NOON)).map(Batch::size).hasValue(2);
        assertThat(cut(cutter, NOON)).isEmpty();
    }

    /**
     * Two records in {@code {"Records":[,]}}: 14 bytes around them, and a comma counted for each.
     */
    @Test
    void six_megabytes_are_those_of_the_whole_payload_to_the_byte() {
        int half = (BatchCutter.PAYLOAD_LIMIT - 14) / 2 - 1;
        waiting.add(StreamRecords.numbered(1, half, NOON, NOON));
        waiting.add(StreamRecords.numbered(2, half, NOON, NOON));
        BatchCutter cutter = new BatchCutter(new Batching(100, Duration.ofSeconds(10), 1));
        assertThat(cut(cutter, NOON.plusSeconds(10))).map(Batch::size).hasValue(2);
        waiting.add(StreamRecords.numbered(3, half, NOON, NOON));
        waiting.add(StreamRecords.numbered(4, half + 1, NOON, NOON));
        assertThat(cut(cutter, NOON.plusSeconds(10))).map(Batch::size).hasValue(1);
    }

    @Test
    void a_record_over_the_limit_goes_alone() {
        waiting.add(StreamRecords.numbered(1, BatchCutter.PAYLOAD_LIMIT + 1, NOON, NOON));
        waiting.add(StreamRecords.numbered(2));
        assertThat(cut(new BatchCutter(Batching.DEFAULT), NOON)).map(Batch::size).hasValue(1);
    }

    private Optional<Batch> cut(BatchCutter cutter, Instant now) {
        return cutter.cut(waiting, Instant.MIN, now);
    }
}
