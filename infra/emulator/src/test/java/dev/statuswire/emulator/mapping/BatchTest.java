package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {

    private final Batch batch = StreamRecords.batch(1, 5);

    @Test
    void a_batch_has_at_least_one_record() {
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(List.of()));
    }

    @Test
    void a_counted_failure_is_an_attempt_and_every_failure_is_an_invocation() {
        assertThat(batch.afterCountedFailure()).isEqualTo(new Batch(batch.records(), 1, 1));
        assertThat(batch.afterCountedFailure().afterUncountedFailure())
                .isEqualTo(new Batch(batch.records(), 1, 2));
    }

    @Test
    void a_part_has_the_counts_of_the_whole_batch() {
        Batch part = batch.afterCountedFailure().afterUncountedFailure().part(1, 3);
        assertThat(StreamRecords.numbers(part)).containsExactly(2, 3);
        assertThat(part.attempts()).isEqualTo(1);
        assertThat(part.invocations()).isEqualTo(2);
    }
}
