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
    void it_doubles_up_to_half_a_minute_and_takes_off_at_most_half() {
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
    void both_ends_of_its_range_come_up() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            pauses.add(RetryRules.pause(1, random));
        }
        assertThat(pauses).contains(Duration.ofMillis(50), Duration.ofMillis(100)).hasSize(51);
    }
}
