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
    void without_an_issuer_there_is_nothing_to_set() {
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
    void both_are_taken() {
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
    void page_may_be_another_client_and_ask_for_more() {
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
    void page_logs_in_as_the_first_audience_if_nothing_else_is_said() {
        var several =
                new Environment(
                        Map.of(
                                "STATUSWIRE_OIDC_ISSUER", "https://id.example.org",
                                "STATUSWIRE_OIDC_AUDIENCE", "page,machines"));

        assertThat(OidcSettings.from(several).map(OidcSettings::clientId)).hasValue("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on"})
    void requirement_of_the_access_token_type_is_true_or_false(String value) {
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
    void issuer_on_this_machine_needs_no_https() {
        assertThat(OidcSettings.of(URI.create("http://localhost:8081/people"), "any").audiences())
                .containsExactly("any");
    }
}
