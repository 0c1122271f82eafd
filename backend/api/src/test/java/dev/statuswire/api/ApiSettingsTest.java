package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.core.settings.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiSettingsTest {

    private static ApiSettings from(String name, String value) {
        return ApiSettings.from(new Environment(Map.of(name, value)));
    }

    @Test
    void without_variables_it_is_one_machine() {
        assertThat(ApiSettings.from(new Environment(Map.of()))).isEqualTo(ApiSettings.DEFAULT);
    }

    @Test
    void hosts_and_origins_are_lists_and_hosts_add_to_the_standard_ones() {
        assertThat(from("STATUSWIRE_ALLOWED_HOSTS", " Example.ORG:8443 ,b").allowedHosts())
                .contains("example.org:8443", "b", "localhost");
        assertThat(from("STATUSWIRE_ALLOWED_ORIGINS", "https://A.b").allowedOrigins())
                .containsExactly("https://a.b");
    }

    @ParameterizedTest
    @CsvSource({
        "STATUSWIRE_ALLOWED_HOSTS, http://example.org",
        "STATUSWIRE_ALLOWED_HOSTS, *",
        "STATUSWIRE_ALLOWED_ORIGINS, example.org",
        "STATUSWIRE_ALLOWED_ORIGINS, https://example.org/",
        "STATUSWIRE_MAX_UNFINISHED, 0",
        "STATUSWIRE_MAX_UNFINISHED, many",
        "STATUSWIRE_LIVE_URL, https://example.org"
    })
    void what_is_not_what_it_should_be_is_refused(String name, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> from(name, value));
    }
}
