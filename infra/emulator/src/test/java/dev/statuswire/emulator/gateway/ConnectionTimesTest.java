package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.gateway.ConnectionTimes.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionTimesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final GatewayLimits LIMITS = GatewayLimits.ofAws();

    private static Due dueAfter(Duration sinceStart, ConnectionTimes times) {
        return times.dueAt(START.plus(sinceStart), LIMITS);
    }

    private static ConnectionTimes open(Duration lastActive) {
        return new ConnectionTimes(START, START, START.plus(lastActive), true, Optional.empty());
    }

    @Test
    void an_idle_connection_is_closed_after_exactly_ten_minutes() {
        ConnectionTimes times = open(Duration.ZERO);
        assertThat(dueAfter(Duration.ofMinutes(10).minusMillis(1), times)).isEqualTo(Due.NOTHING);
        assertThat(dueAfter(Duration.ofMinutes(10), times)).isEqualTo(Due.CLOSE);
    }

    @Test
    void a_connection_is_closed_after_exactly_two_hours() {
        ConnectionTimes times = open(Duration.ofHours(2));
        assertThat(dueAfter(Duration.ofHours(2).minusMillis(1), times)).isEqualTo(Due.NOTHING);
        assertThat(dueAfter(Duration.ofHours(2), times)).isEqualTo(Due.CLOSE);
    }

    @Test
    void a_connection_that_does_not_open_is_abandoned() {
        ConnectionTimes times = new ConnectionTimes(START, START, START, false, Optional.empty());
        assertThat(dueAfter(Duration.ofMillis(1999), times)).isEqualTo(Due.NOTHING);
        assertThat(dueAfter(Duration.ofSeconds(2), times)).isEqualTo(Due.ABANDON);
    }

    @Test
    void a_connection_that_is_being_closed_is_abandoned_after_the_grace_period() {
        ConnectionTimes times =
                new ConnectionTimes(START, START, START, true, Optional.of(START.plusSeconds(60)));
        assertThat(dueAfter(Duration.ofMillis(61_999), times)).isEqualTo(Due.NOTHING);
        assertThat(dueAfter(Duration.ofSeconds(62), times)).isEqualTo(Due.ABANDON);
    }
}
