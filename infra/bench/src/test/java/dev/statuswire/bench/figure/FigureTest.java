package dev.statuswire.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FigureTest {

    private static boolean holds(double ours, double limit, Target target) {
        return new Figure("any", "any", ours, limit, "ms", target).holds();
    }

    @ParameterizedTest
    @CsvSource({"2.0, true", "3.0, true", "3.1, false"})
    void what_is_to_be_small_holds_up_to_its_target(double ours, boolean holds) {
        assertThat(holds(ours, 2, Target.atMost(1.5))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"2.0, true", "1.4, true", "1.3, false"})
    void what_is_to_be_great_holds_down_to_its_target(double ours, boolean holds) {
        assertThat(holds(ours, 2, Target.atLeast(0.7))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1", "1, NaN", "0, 0"})
    void what_is_no_number_holds_nowhere(double ours, double limit) {
        assertThat(holds(ours, limit, Target.atMost(1))).isFalse();
        assertThat(holds(ours, limit, Target.atLeast(1))).isFalse();
    }
}
