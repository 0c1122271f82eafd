package dev.statuswire.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class BatchCutterTest {

    private static final Instant NOON = StreamRecords.NOON;

    private final Deque<BatchRecord> waiting = new ArrayDeque<>();

    @Test
    void nothing_waits_and_nothing_is_cut() {
        assertThat(new BatchCutter(Batching.DEFAULT).cut(waiting, NOON)).isEmpty();
    }

    @Test
    void without_a_window_what_waits_goes_at_once_up_to_the_batch_size() {
        waiting.addAll(StreamRecords.range(1, 5));
        BatchCutter cutter = new BatchCutter(new Batching(3, Duration.ZERO, 1));
        assertThat(cutter.cut(waiting, NOON))
                .map(StreamRecords::numbers)
                .hasValueSatisfying(n -> assertThat(n).containsExactly(1, 2, 3));
        assertThat(cutter.cut(waiting, NOON))
                .map(StreamRecords::numbers)
                .hasValueSatisfying(n -> assertThat(n).containsExactly(4, 5));
        assertThat(waiting).isEmpty();
    }

    @Test
    void a_window_holds_back_a_batch_that_is_not_full_until_it_is_over() {
        waiting.addAll(StreamRecords.range(1, 2));
        BatchCutter cutter = new BatchCutter(new Batching(3, Duration.ofSeconds(10), 1));
        assertThat(cutter.cut(waiting, NOON.plusSeconds(9))).isEmpty();
        assertThat(cutter.dueAt(waiting)).isEqualTo(NOON.plusSeconds(10));
        assertThat(cutter.cut(waiting, NOON.plusSeconds(10))).isPresent();
    }

    @Test
    void a_full_batch_does_not_wait_for_the_window() {
        waiting.addAll(StreamRecords.range(1, 3));
        assertThat(new BatchCutter(new Batching(3, Duration.ofSeconds(10), 1)).cut(waiting, NOON))
                .isPresent();
    }

    @Test
    void six_megabytes_of_payload_fill_a_batch() {
        int half = BatchCutter.PAYLOAD_LIMIT / 2 - 100;
        for (int number = 1; number <= 3; number++) {
            waiting.add(StreamRecords.numbered(number, half, NOON, NOON));
        }
        BatchCutter cutter = new BatchCutter(new Batching(100, Duration.ofSeconds(10), 1));
        assertThat(cutter.cut(waiting, NOON)).map(Batch::size).hasValue(2);
        assertThat(cutter.cut(waiting, NOON)).isEmpty();
    }

    @Test
    void a_record_over_the_limit_goes_alone() {
        waiting.add(StreamRecords.numbered(1, BatchCutter.PAYLOAD_LIMIT + 1, NOON, NOON));
        waiting.add(StreamRecords.numbered(2));
        assertThat(new BatchCutter(Batching.DEFAULT).cut(waiting, NOON))
                .map(Batch::size)
                .hasValue(1);
    }
}
