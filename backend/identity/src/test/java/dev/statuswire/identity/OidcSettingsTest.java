package dev.statuswire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcSettingsTest {

    @Test
    void settings_are_empty_without_an_issuer() {
        assertThat(OidcSettings.from(new Environment(Map.of()))).isEmpty();
    }

    @Test
    void issuer_needs_an_audience() {
        var alone = new Environment(Map.of("STATUSWIRE_OIDC_ISSUER", "https://id.example.org"));

        assertThatThrownBy(() -> OidcSettings.from(alone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STATUSWIRE_OIDC_AUDIENCE");
    }

    @Test
    void issuer_and_audience_are_sufficient() {
        var both =
                new Environment(
                        Map.of(
                                "STATUSWIRE_OIDC_ISSUER",
                                "https://id.example.org/people",
                                "STATUSWIRE_OIDC_AUDIENCE",
                                "statuswire"));

        assertThat(OidcSettings.from(both))
                .hasValue(
                        OidcSettings.of(URI.create("https://id.example.org/people"), "statuswire"));
    }

    @Test
    void page_may_use_another_client_and_more_scopes() {
        var all =
                new Environment(
                        Map.of(
                                "STATUSWIRE_OIDC_ISSUER", "https://id.example.org",
                                "STATUSWIRE_OIDC_AUDIENCE", "https://work.example.org, machines",
                                "STATUSWIRE_OIDC_CLIENT_ID", "page",
                                "STATUSWIRE_OIDC_SCOPE", "openid offline_access",
                                "STATUSWIRE_OIDC_AT_JWT_ONLY", "true"));

        assertThat(OidcSettings.from(all))
                .hasValue(
                        new OidcSettings(
                                URI.create("https://id.example.org"),
                                List.of("https://work.example.org", "machines"),
                                "page",
                                "openid offline_access",
                                true));
    }

    @Test
    void page_logs_in_as_the_first_audience_by_default() {
        var several =
                new Environment(
                        Map.of(
                                "STATUSWIRE_OIDC_ISSUER", "https://id.example.org",
                                "STATUSWIRE_OIDC_AUDIENCE", "page,machines"));

        assertThat(OidcSettings.from(several).map(OidcSettings::clientId)).hasValue("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on"})
    void at_jwt_only_must_be_true_or_false(String value) {
        var environment =
                new Environment(
                        Map.of(
                                "STATUSWIRE_OIDC_ISSUER", "https://id.example.org",
                                "STATUSWIRE_OIDC_AUDIENCE", "statuswire",
                                "STATUSWIRE_OIDC_AT_JWT_ONLY", value));

        assertThatThrownBy(() -> OidcSettings.from(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STATUSWIRE_OIDC_AT_JWT_ONLY");
    }

    @Test
    void scope_without_openid_is_refused() {
        assertThatThrownBy(
                        () ->
                                new OidcSettings(
                                        URI.create("https://id.example.org"),
                                        List.of("a"),
                                        "a",
                                        "profile",
                                        false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://id.example.org", "id.example.org", "https://a?b", "https://a#b"})
    void issuer_that_cannot_be_trusted_is_refused(String issuer) {
        assertThatThrownBy(() -> OidcSettings.of(URI.create(issuer), "statuswire"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void issuer_on_the_loopback_interface_does_not_need_https() {
        assertThat(OidcSettings.of(URI.create("http://localhost:8081/people"), "any").audiences())
                .containsExactly("any");
    }
}
