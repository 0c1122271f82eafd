package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransitionTimingTest {

    private static final Instant END = Instant.parse("2026-01-01T01:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A lease of 60 s starts 60,000 ms before its end. */
    @ParameterizedTest
    @CsvSource({
        "60001, true",
        "60000, false",
        "59999, false",
        "40001, false",
        "40000, true",
        "39999, true",
        "1, true",
        "0, true",
        "-1, true"
    })
    void lease_is_renewed_once_a_third_has_passed_or_if_it_is_too_long(
            long millisBeforeTheEnd, boolean extended) {
        Instant now = END.minusMillis(millisBeforeTheEnd);

        assertThat(TransitionTiming.DEFAULT.isToBeExtended(END, now)).isEqualTo(extended);
    }

    @Test
    void lease_must_be_extended_from_extend_at_on() {
        Instant moment = TransitionTiming.DEFAULT.extendAt(END);

        assertThat(moment).isEqualTo(END.minusSeconds(40));
        assertThat(TransitionTiming.DEFAULT.isToBeExtended(END, moment)).isTrue();
        assertThat(TransitionTiming.DEFAULT.isToBeExtended(END, moment.minusNanos(1))).isFalse();
    }

    @Test
    void one_second_is_the_minimum() {
        new TransitionTiming(SECOND, SECOND, SECOND);
        Duration less = SECOND.minusNanos(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransitionTiming(less, SECOND, SECOND))
                .withMessageContaining("lease");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransitionTiming(SECOND, less, SECOND))
                .withMessageContaining("start grace");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransitionTiming(SECOND, SECOND, Duration.ZERO))
                .withMessageContaining("retention");
    }

    @Test
    void next_offer_waits_twice_as_long_up_to_five_minutes() {
        var timing =
                new TransitionTiming(
                        Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofDays(7));

        assertThat(timing.offerAfter(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(60));
        assertThat(timing.offerAfter(Duration.ofMinutes(4)))
                .isEqualTo(TransitionTiming.LONGEST_OFFER);
        assertThat(timing.offerAfter(Duration.ofDays(1))).isEqualTo(TransitionTiming.LONGEST_OFFER);
        assertThat(timing.offerAfter(Duration.ofSeconds(-9)))
                .as("an item that was written by hand")
                .isEqualTo(timing.startGrace());
    }
}
