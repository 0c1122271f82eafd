package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ranges and defaults of a mapping.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">CreateEventSourceMapping</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Control
 *     which events Lambda sends</a>
 */
final class MappingSettingsTest {

    @Test
    void the_defaults_are_lambda_s() {
        MappingSettings settings = MappingSettings.of("m", "t", "p");
        assertThat(settings.batching()).isEqualTo(new Batching(100, Duration.ZERO, 1));
        assertThat(settings.retries())
                .isEqualTo(new Retries(-1, Duration.ofSeconds(-1), false, false));
        assertThat(settings.polling()).isEqualTo(new Polling(Duration.ofMillis(250), true));
        assertThat(settings.filters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_001})
    void a_batch_has_1_to_10000_records(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batching(size, Duration.ZERO, 1))
                .withMessageContaining("batch size");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1500, 301_000})
    void a_window_is_0_to_300_whole_seconds(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batching(1, Duration.ofMillis(millis), 1))
                .withMessageContaining("window");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void a_shard_has_1_to_10_lanes(int lanes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batching(1, Duration.ZERO, lanes));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 10_001})
    void retries_are_unlimited_or_0_to_10000(int attempts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Retries(attempts, Retries.UNTIL_TRIMMED, false, false));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 59, 604_801})
    void the_maximum_age_is_unlimited_or_60_to_604800_seconds(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Retries(1, Duration.ofSeconds(seconds), false, false));
    }

    @Test
    void no_record_gets_older_than_the_stream_keeps_it() {
        assertThat(Retries.DEFAULT.oldest()).isEqualTo(Duration.ofHours(24));
        assertThat(new Retries(1, Duration.ofDays(7), false, false).oldest())
                .isEqualTo(Duration.ofHours(24));
        assertThat(new Retries(1, Duration.ofSeconds(60), false, false).oldest())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_filter_is_an_event_pattern_and_there_are_at_most_ten() {
        MappingSettings settings = MappingSettings.of("m", "t", "p");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withFilters("{"))
                .withMessageContaining("not an event pattern");
        String pattern = "{\"eventName\":[\"INSERT\"]}";
        String[] eleven = {
            pattern, pattern, pattern, pattern, pattern, pattern, pattern, pattern, pattern,
            pattern, pattern
        };
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withFilters(eleven));
    }

    @Test
    void a_filter_has_1_to_4096_characters() {
        MappingSettings settings = MappingSettings.of("m", "t", "p");
        String longest = "{\"a\":[\"" + "x".repeat(4096 - 10) + "\"]}";
        assertThat(longest).hasSize(4096);
        assertThat(settings.withFilters(longest).filters()).containsExactly(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withFilters(longest + " "))
                .withMessageContaining("4096");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withFilters(""));
    }

    @Test
    void each_setting_is_changed_alone() {
        MappingSettings settings = MappingSettings.of("m", "t", "p");
        String filter = "{\"eventName\":[\"INSERT\"]}";
        Batching batching = new Batching(2, Duration.ZERO, 3);
        Retries retries = new Retries(4, Duration.ofMinutes(5), true, true);
        Polling polling = new Polling(Duration.ofMillis(6), false);
        assertThat(
                        settings.withFilters(filter)
                                .withBatching(batching)
                                .withRetries(retries)
                                .withPolling(polling))
                .isEqualTo(
                        new MappingSettings(
                                "m", "t", "p", List.of(filter), batching, retries, polling));
    }

    @Test
    void an_id_has_lambda_s_characters() {
        assertThatIllegalArgumentException().isThrownBy(() -> MappingSettings.of("a#b", "t", "p"));
    }

    @Test
    void an_interval_is_a_millisecond_or_more() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Polling(Duration.ZERO, true));
    }
}
