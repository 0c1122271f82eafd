package dev.statuswire.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorsPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "http://127.0.0.1:8080",
                "http://[::1]:80",
                "chrome-extension://abc"
            })
    void origin_is_a_scheme_and_a_host(String text) {
        assertThat(CorsPolicy.isOrigin(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "null",
                "example.org",
                "https://",
                "https://example.org/",
                "https://Example.org",
                "https://a.b:x",
                "https://*.example.org"
            })
    void anything_else_is_not_an_origin(String text) {
        assertThat(CorsPolicy.isOrigin(text)).isFalse();
    }
}
