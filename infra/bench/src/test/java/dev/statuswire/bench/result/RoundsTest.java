package dev.statuswire.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoundsTest {

    private static Measurement medians(Rounds rounds) {
        return rounds.medians("any", "any", "ms", Target.atMost(1));
    }

    @Test
    void medians_of_values_and_baselines_are_independent() {
        var rounds = new Rounds();
        rounds.add(1, 40);
        rounds.add(900, 50);
        rounds.add(2, 6000);

        assertThat(medians(rounds).value()).isEqualTo(2);
        assertThat(medians(rounds).baseline()).isEqualTo(50);
    }

    @Test
    void without_rounds_there_is_no_ratio_and_no_target_is_met() {
        Measurement measurement = medians(new Rounds());

        assertThat(measurement.ratio()).isNaN();
        assertThat(measurement.meetsTarget()).isFalse();
    }
}
