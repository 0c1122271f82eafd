package dev.statuswire.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.core.transition.TransitionTiming;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {

    private static final Duration STANDARD = Duration.ofSeconds(60);

    @Test
    void unset_variable_has_the_default_value() {
        var nothing = new Environment(Map.of());

        assertThat(nothing.text("A")).isEmpty();
        assertThat(nothing.number("A", 7)).isEqualTo(7);
        assertThat(nothing.seconds("A", STANDARD)).isEqualTo(STANDARD);
        assertThat(nothing.uri("A")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blank_variable_counts_as_unset(String blank) {
        var environment = of(blank);

        assertThat(environment.text("A")).isEmpty();
        assertThat(environment.number("A", 7)).isEqualTo(7);
        assertThat(environment.seconds("A", STANDARD)).isEqualTo(STANDARD);
        assertThat(environment.uri("A")).isEmpty();
    }

    @Test
    void value_is_read_without_surrounding_white_space() {
        assertThat(of("text").text("A")).contains("text");
        assertThat(of(" -12 ").number("A", 7)).isEqualTo(-12);
        assertThat(of(" 90 ").seconds("A", STANDARD)).isEqualTo(Duration.ofSeconds(90));
        assertThat(of(" http://127.0.0.1:8000 ").uri("A"))
                .contains(URI.create("http://127.0.0.1:8000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "1s", "99999999999999999999"})
    void message_for_an_invalid_number_contains_name_and_value(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(text).number("A", 7))
                .withMessage("A is not a whole number: " + text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(text).seconds("A", STANDARD))
                .withMessage("A is not a number of seconds: " + text);
    }

    @Test
    void message_for_an_invalid_url_contains_name_and_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("not a url").uri("A"))
                .withMessage("A is not a URL: not a url");
    }

    @Test
    void settings_of_the_store_have_defaults() {
        StoreSettings settings = StoreSettings.from(new Environment(Map.of()));

        assertThat(settings.endpoint()).isEmpty();
        assertThat(settings.timing()).isEqualTo(TransitionTiming.DEFAULT);
        assertThat(settings.tables())
                .isEqualTo(
                        new TableNames(
                                "statuswire-requests",
                                "statuswire-connections",
                                "statuswire-users",
                                "statuswire-activity",
                                "statuswire-bookings",
                                "statuswire-links"));
    }

    @Test
    void settings_of_the_store_are_read_and_checked() {
        StoreSettings settings =
                StoreSettings.from(
                        new Environment(
                                Map.of(
                                        "STATUSWIRE_DYNAMODB_ENDPOINT", "http://127.0.0.1:8000",
                                        "STATUSWIRE_REQUESTS_TABLE", "mine",
                                        "STATUSWIRE_LEASE", "5",
                                        "STATUSWIRE_START_GRACE", "6",
                                        "STATUSWIRE_RETENTION_DAYS", "1")));

        assertThat(settings.endpoint()).contains(URI.create("http://127.0.0.1:8000"));
        assertThat(settings.tables().requests()).isEqualTo("mine");
        assertThat(settings.timing())
                .isEqualTo(
                        new TransitionTiming(
                                Duration.ofSeconds(5), Duration.ofSeconds(6), Duration.ofDays(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> StoreSettings.from(new Environment(Map.of("STATUSWIRE_LEASE", "0"))))
                .withMessageContaining("lease must be at least one second");
    }

    private static Environment of(String value) {
        return new Environment(Map.of("A", value));
    }
}
