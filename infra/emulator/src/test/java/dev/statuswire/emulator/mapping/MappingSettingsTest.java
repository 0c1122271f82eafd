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

    private static final MappingSettings SETTINGS = MappingSettings.of("m", "t", "p");

    @Test
    void the_defaults_are_those_of_lambda() {
        MappingSettings settings = MappingSettings.of("m", "t", "p");
        assertThat(settings.batchSize()).isEqualTo(100);
        assertThat(settings.parallelizationFactor()).isEqualTo(1);
        assertThat(settings.maximumRetryAttempts()).isEqualTo(-1);
        assertThat(settings.maximumRecordAge()).isEqualTo(Duration.ofSeconds(-1));
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.wakeOnWrite()).isTrue();
        assertThat(settings.filters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_001})
    void a_batch_has_1_to_10000_records(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.withBatches(size, 1))
                .withMessageContaining("batch size");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void a_shard_has_1_to_10_lanes(int lanes) {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withBatches(1, lanes));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 10_001})
    void retries_are_unlimited_or_0_to_10000(int attempts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.withRetries(attempts, MappingSettings.UNTIL_TRIMMED));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 59, 604_801})
    void the_maximum_age_is_unlimited_or_60_to_604800_seconds(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.withRetries(1, Duration.ofSeconds(seconds)));
    }

    @Test
    void the_maximum_age_is_limited_to_the_retention_of_the_stream() {
        assertThat(SETTINGS.effectiveMaximumAge()).isEqualTo(Duration.ofHours(24));
        assertThat(SETTINGS.withRetries(1, Duration.ofDays(7)).effectiveMaximumAge())
                .isEqualTo(Duration.ofHours(24));
        assertThat(SETTINGS.withRetries(1, Duration.ofSeconds(60)).effectiveMaximumAge())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void filters_are_event_patterns_and_there_are_at_most_ten() {
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
    void each_setting_can_be_changed_separately() {
        MappingSettings settings = MappingSettings.of("m", "t", "p");
        String filter = "{\"eventName\":[\"INSERT\"]}";
        assertThat(
                        settings.withFilters(filter)
                                .withBatches(2, 3)
                                .withRetries(4, Duration.ofMinutes(5))
                                .withPolling(Duration.ofMillis(6), false))
                .isEqualTo(
                        new MappingSettings(
                                "m",
                                "t",
                                "p",
                                List.of(filter),
                                2,
                                3,
                                4,
                                Duration.ofMinutes(5),
                                Duration.ofMillis(6),
                                false));
    }

    @Test
    void an_id_has_only_the_allowed_characters() {
        assertThatIllegalArgumentException().isThrownBy(() -> MappingSettings.of("a#b", "t", "p"));
    }

    @Test
    void the_poll_interval_is_a_millisecond_to_a_minute() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.withPolling(Duration.ZERO, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.withPolling(Duration.ofSeconds(61), true));
    }
}
