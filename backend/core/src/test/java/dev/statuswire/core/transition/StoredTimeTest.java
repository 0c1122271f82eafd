package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredTimeTest {

    @Test
    void what_was_written_is_read_as_it_was() {
        var random = new Random(1);
        for (int n = 0; n < 1000; n++) {
            var time = Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
            assertThat(StoredTime.read(Item.time(time).s())).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00.000000001Z",
                "2026-01-01T01:00:00.000+01:00",
                "+12026-01-01T00:00:00.00Z"
            })
    void what_else_the_standard_allows_is_read_too(String text) {
        assertThat(StoredTime.read(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T00:00:00.000Z",
                "2026-02-30T00:00:00.000Z",
                "2026-01-01T00:60:00.000Z",
                "2026-01-01 00:00:00.000Z",
                "2026-01-01T00:00:00.0x0Z"
            })
    void what_is_no_time_is_refused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> StoredTime.read(text));
    }
}
