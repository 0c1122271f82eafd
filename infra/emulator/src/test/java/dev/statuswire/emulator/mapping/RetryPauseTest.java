package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RetryPauseTest {

    private final Random random = new Random(1);

    @Test
    void the_pause_doubles_up_to_30_s_and_is_shortened_by_at_most_half() {
        for (int i = 0; i < 1000; i++) {
            assertThat(RetryRules.pause(1, random))
                    .isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(RetryRules.pause(4, random))
                    .isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
            assertThat(RetryRules.pause(1_000_000, random))
                    .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        }
    }

    @Test
    void both_ends_of_the_range_occur() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            pauses.add(RetryRules.pause(1, random));
        }
        assertThat(pauses).contains(Duration.ofMillis(50), Duration.ofMillis(100)).hasSize(51);
    }
}
