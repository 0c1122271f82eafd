package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShardProgressTest {

    private final ShardProgress progress = new ShardProgress();

    @Test
    void there_is_no_position_before_the_first_record_is_finished() {
        read(1, 2);
        assertThat(progress.position()).isEmpty();
        assertThat(progress.isIdle()).isFalse();
    }

    @Test
    void the_position_stays_before_the_first_unfinished_record() {
        read(1, 4);
        progress.finished(StreamRecords.range(1, 1));
        progress.finished(StreamRecords.range(3, 4));
        assertThat(progress.position()).contains(SequenceNumber.of("1"));
        progress.finished(StreamRecords.range(2, 2));
        assertThat(progress.position()).contains(SequenceNumber.of("4"));
        assertThat(progress.isIdle()).isTrue();
    }

    @Test
    void a_skipped_record_counts_as_finished_once_all_before_it_are() {
        progress.skipped(SequenceNumber.of("1"));
        assertThat(progress.position()).contains(SequenceNumber.of("1"));
        read(2, 2);
        progress.skipped(SequenceNumber.of("3"));
        assertThat(progress.position()).contains(SequenceNumber.of("1"));
        progress.finished(StreamRecords.range(2, 2));
        assertThat(progress.position()).contains(SequenceNumber.of("3"));
    }

    @Test
    void the_position_never_passes_an_unfinished_record_and_never_moves_back() {
        read(1, 300);
        List<BatchRecord> order = new ArrayList<>(StreamRecords.range(1, 300));
        Collections.shuffle(order, new Random(7));
        boolean[] finished = new boolean[302];
        for (BatchRecord next : order) {
            progress.finished(List.of(next));
            finished[next.number().value().intValueExact()] = true;
            int expected = 0;
            while (finished[expected + 1]) {
                expected++;
            }
            assertThat(progress.position().map(at -> at.value().intValueExact()).orElse(0))
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_record_that_finishes_twice_or_was_never_read_does_not_move_the_position() {
        read(1, 2);
        progress.finished(StreamRecords.range(1, 1));
        progress.finished(StreamRecords.range(1, 1));
        progress.finished(StreamRecords.range(9, 9));
        assertThat(progress.position()).contains(SequenceNumber.of("1"));
        assertThat(progress.isIdle()).isFalse();
    }

    @Test
    void it_is_full_by_the_number_of_records_from_the_first_unfinished_one() {
        read(1, ShardProgress.MOST_RECORDS);
        progress.finished(StreamRecords.range(2, ShardProgress.MOST_RECORDS));
        assertThat(progress.isFull()).isTrue();
        progress.finished(StreamRecords.range(1, 1));
        assertThat(progress.isFull()).isFalse();
    }

    @Test
    void it_is_full_by_the_size_of_unfinished_records() {
        progress.read(SequenceNumber.of("1"), (int) ShardProgress.MOST_BYTES);
        assertThat(progress.isFull()).isTrue();
        progress.finished(StreamRecords.range(1, 1));
        assertThat(progress.isFull()).isFalse();
    }

    private void read(int first, int last) {
        StreamRecords.range(first, last)
                .forEach(each -> progress.read(each.number(), each.bytes()));
    }
}
