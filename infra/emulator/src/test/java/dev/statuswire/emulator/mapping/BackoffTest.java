package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void it_doubles_up_to_half_a_minute_and_takes_off_at_most_half() {
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(backoff.after(4)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
            assertThat(backoff.after(1_000_000))
                    .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        }
    }

    @Test
    void both_ends_of_its_range_come_up() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            pauses.add(backoff.after(1));
        }
        assertThat(pauses).contains(Duration.ofMillis(50), Duration.ofMillis(100)).hasSize(51);
    }
}
