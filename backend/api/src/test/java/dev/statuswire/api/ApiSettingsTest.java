package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiSettingsTest {

    private static ApiSettings from(String name, String value) {
        return ApiSettings.from(new Environment(Map.of(name, value)));
    }

    @Test
    void defaults_apply_without_variables() {
        assertThat(ApiSettings.from(new Environment(Map.of()))).isEqualTo(ApiSettings.DEFAULT);
    }

    @Test
    void without_waiting_changes_no_other_setting() {
        ApiSettings standard = ApiSettings.DEFAULT;

        assertThat(standard.withoutWaiting().maxWaiting()).isZero();
        assertThat(standard.withoutWaiting())
                .usingRecursiveComparison()
                .ignoringFields("maxWaiting")
                .isEqualTo(standard);
    }

    @Test
    void hosts_and_origins_are_lists_and_hosts_extend_the_defaults() {
        assertThat(from("STATUSWIRE_ALLOWED_HOSTS", " Example.ORG:8443 ,b").allowedHosts())
                .contains("example.org:8443", "b", "localhost");
        assertThat(from("STATUSWIRE_ALLOWED_ORIGINS", "https://A.b").allowedOrigins())
                .containsExactly("https://a.b");
    }

    @ParameterizedTest
    @CsvSource({
        "https://work.example.org,           wss://work.example.org/live,        ''",
        "https://Work.example.org:443/,      wss://work.example.org/live,        ''",
        "https://work.example.org:8443/a/b/, wss://work.example.org:8443/a/b/live, /a/b",
        "http://work.example.org/a,          ws://work.example.org/a/live,       /a"
    })
    void public_url_determines_the_live_url_and_is_allowed(
            String url, String live, String basePath) {
        ApiSettings settings = from("STATUSWIRE_PUBLIC_URL", url);
        assertThat(settings.liveUrl()).map(URI::toString).contains(live);
        assertThat(settings.basePath()).isEqualTo(basePath);
        assertThat(settings.allowedHosts()).contains("work.example.org", "localhost");
        assertThat(settings.allowedOrigins())
                .containsExactly(live.replaceFirst("ws", "http").replaceFirst("(//[^/]+).*", "$1"));
    }

    @Test
    void live_url_takes_precedence_over_the_public_url_and_gets_a_path() {
        assertThat(
                        ApiSettings.from(
                                        new Environment(
                                                Map.of(
                                                        "STATUSWIRE_PUBLIC_URL",
                                                        "https://work.example.org",
                                                        "STATUSWIRE_LIVE_URL",
                                                        "wss://live.example.org")))
                                .liveUrl())
                .contains(URI.create("wss://live.example.org/"));
    }

    @ParameterizedTest
    @CsvSource({
        "STATUSWIRE_ALLOWED_HOSTS, http://example.org",
        "STATUSWIRE_ALLOWED_HOSTS, *",
        "STATUSWIRE_ALLOWED_ORIGINS, example.org",
        "STATUSWIRE_ALLOWED_ORIGINS, https://example.org/",
        "STATUSWIRE_MAX_UNFINISHED, 0",
        "STATUSWIRE_MAX_UNFINISHED, many",
        "STATUSWIRE_LIVE_URL, https://example.org",
        "STATUSWIRE_LIVE_URL, wss://example.org/#here",
        "STATUSWIRE_PUBLIC_URL, example.org",
        "STATUSWIRE_PUBLIC_URL, wss://example.org",
        "STATUSWIRE_PUBLIC_URL, https://user@example.org",
        "STATUSWIRE_PUBLIC_URL, https://example.org/?a=b",
        "STATUSWIRE_PUBLIC_URL, https:///path",
        "STATUSWIRE_PUBLIC_URL, https://example.org:99999",
        "STATUSWIRE_LIVE_URL, wss://example.org:99999/live",
        "STATUSWIRE_TRUSTED_PROXIES, proxy.example.org",
        "STATUSWIRE_TRUSTED_PROXIES, 10.0.0.0/99"
    })
    void an_invalid_value_is_refused(String name, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> from(name, value));
    }
}
