package dev.statuswire.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeasurementTest {

    private static boolean meets(double value, double baseline, Target target) {
        return new Measurement("any", "any", value, baseline, "ms", target).meetsTarget();
    }

    @ParameterizedTest
    @CsvSource({"2.0, true", "3.0, true", "3.1, false"})
    void upper_bound_is_met_up_to_the_target(double value, boolean met) {
        assertThat(meets(value, 2, Target.atMost(1.5))).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"2.0, true", "1.4, true", "1.3, false"})
    void lower_bound_is_met_down_to_the_target(double value, boolean met) {
        assertThat(meets(value, 2, Target.atLeast(0.7))).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1", "1, NaN", "0, 0"})
    void ratio_that_is_not_a_number_meets_no_target(double value, double baseline) {
        assertThat(meets(value, baseline, Target.atMost(1))).isFalse();
        assertThat(meets(value, baseline, Target.atLeast(1))).isFalse();
    }
}
