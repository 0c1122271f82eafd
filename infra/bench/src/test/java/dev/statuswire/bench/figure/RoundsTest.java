package dev.statuswire.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoundsTest {

    private static Figure of(Rounds rounds) {
        return rounds.figure("name", "beside", "ms", Target.atMost(1));
    }

    @Test
    void both_medians_are_taken_each_by_itself() {
        var rounds = new Rounds();
        rounds.add(1, 40);
        rounds.add(900, 50);
        rounds.add(2, 6000);

        assertThat(of(rounds).ours()).isEqualTo(2);
        assertThat(of(rounds).limit()).isEqualTo(50);
    }

    @Test
    void no_round_has_no_ratio_and_meets_nothing() {
        Figure figure = of(new Rounds());

        assertThat(figure.ratio()).isNaN();
        assertThat(figure.holds()).isFalse();
    }
}
