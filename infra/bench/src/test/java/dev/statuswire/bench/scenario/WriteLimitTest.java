package dev.statuswire.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.bench.figure.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriteLimitTest {

    @Test
    void one_small_step_may_cost_four_units_and_not_one_more() {
        var limit = new WriteLimit(1, 100);

        assertThat(limit.units()).isEqualTo(4);
        assertThat(limit.target()).isEqualTo(Target.atMost(1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1024, 4", "1, 1025, 5", "3, 100, 7", "10, 65536, 77"})
    void kilobytes_of_the_input_count_once_and_each_further_write_one(
            int steps, int bytes, double units) {
        assertThat(new WriteLimit(steps, bytes).units()).isEqualTo(units);
    }
}
