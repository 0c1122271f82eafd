package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {

    private final Batch batch = StreamRecords.batch(1, 5);

    @Test
    void batch_has_records() {
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(List.of()));
    }

    @Test
    void try_that_counts_is_an_attempt_and_every_try_is_an_invocation() {
        assertThat(batch.triedOnce()).isEqualTo(new Batch(batch.records(), 1, 1));
        assertThat(batch.triedOnce().triedFree()).isEqualTo(new Batch(batch.records(), 1, 2));
    }

    @Test
    void part_has_the_history_of_the_whole() {
        Batch part = batch.triedOnce().triedFree().part(1, 3);
        assertThat(StreamRecords.numbers(part)).containsExactly(2, 3);
        assertThat(part.attempts()).isEqualTo(1);
        assertThat(part.invocations()).isEqualTo(2);
    }
}
