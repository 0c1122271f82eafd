package dev.statuswire.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {

    private static final long MILLI = 1_000_000;

    private static Samples of(LongStream millis) {
        var samples = new Samples();
        millis.forEach(milli -> samples.add(milli * MILLI));
        return samples;
    }

    @Test
    void percentiles_are_by_nearest_rank_and_in_milliseconds() {
        Samples samples = of(LongStream.rangeClosed(1, 200));

        assertThat(samples.median()).isEqualTo(100);
        assertThat(samples.p99()).isEqualTo(198);
    }

    @Test
    void order_of_samples_does_not_matter() {
        assertThat(of(LongStream.of(9, 1, 5)).median()).isEqualTo(5);
    }

    @Test
    void median_of_two_is_the_smaller_one() {
        assertThat(of(LongStream.of(4, 2)).median()).isEqualTo(2);
    }

    @Test
    void p99_of_a_few_is_the_greatest() {
        assertThat(of(LongStream.of(1, 2, 1000)).p99()).isEqualTo(1000);
    }

    @Test
    void median_without_samples_is_not_a_number() {
        assertThat(new Samples().median()).isNaN();
    }
}
