package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTimesTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0 | 0",
                "120 | 120",
                "\" 7 \" | 7",
                "86400 | 86400",
                "Sun, 06 Nov 1994 08:49:37 GMT | 7",
                "Sunday, 06-Nov-94 08:49:37 GMT | 7",
                "Sun Nov  6 08:49:37 1994 | 7",
                "Sun, 06 Nov 1994 08:49:00 GMT | 0",
            })
    void retry_after_is_seconds_or_a_date(String header, long seconds) {
        assertThat(RetryTimes.retryAfter(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void retry_after_of_any_length_is_a_number() {
        assertThat(RetryTimes.retryAfter("9".repeat(100), NOW)).isGreaterThan(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-5",
                "1.5",
                "1e3",
                "0x10",
                "Infinity",
                "soon",
                "soon 5",
                "5, 10",
                "2100T"
            })
    void anything_else_is_ignored(String header) {
        assertThat(RetryTimes.retryAfter(header, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1000", "2, 2000", "3, 4000", "4, 4000", "1000000, 4000"})
    void backoff_is_random_below_a_bound_that_doubles_up_to_its_cap(int failures, long bound) {
        assertThat(RetryTimes.fullJitter(failures, 500, 4000, 0)).isZero();
        assertThat(RetryTimes.fullJitter(failures, 500, 4000, 0.5)).isEqualTo(bound / 2);
    }
}
