package dev.statuswire.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.bench.result.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MinimumWriteUnitsTest {

    @Test
    void small_input_and_one_step_need_four_units_and_may_not_use_more() {
        var minimum = new MinimumWriteUnits(1, 100);

        assertThat(minimum.units()).isEqualTo(4);
        assertThat(minimum.target()).isEqualTo(Target.atMost(1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1024, 4", "1, 1025, 5", "3, 100, 7", "10, 65536, 77"})
    void input_counts_once_by_kilobytes_and_each_further_write_counts_one(
            int steps, int bytes, double units) {
        assertThat(new MinimumWriteUnits(steps, bytes).units()).isEqualTo(units);
    }
}
