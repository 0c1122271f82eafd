package dev.statuswire.identity;

import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens are taken.
 *
 * @param issuer as its tokens and its discovery document say it, to the letter; {@code https}, or
 *     on the loopback {@code http}
 * @param audience what a token's {@code aud} must have, not empty
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery 1.0</a>
 */
public record OidcSettings(URI issuer, String audience) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcSettings {
        require(isSafe(issuer), "an issuer has an address with https: " + issuer);
        require(
                issuer.getQuery() == null && issuer.getFragment() == null,
                "an issuer has neither query nor fragment: " + issuer);
        require(!audience.isBlank(), "the audience is empty");
    }

    /**
     * From {@code STATUSWIRE_OIDC_ISSUER} and {@code STATUSWIRE_OIDC_AUDIENCE}; empty where there
     * is no issuer.
     *
     * @throws IllegalArgumentException where one is not what it should be, or the audience is
     *     missing
     */
    public static Optional<OidcSettings> from(Environment environment) {
        return environment
                .uri("STATUSWIRE_OIDC_ISSUER")
                .map(issuer -> new OidcSettings(issuer, audience(environment)));
    }

    private static String audience(Environment environment) {
        return environment
                .text("STATUSWIRE_OIDC_AUDIENCE")
                .map(String::strip)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "STATUSWIRE_OIDC_ISSUER also needs"
                                                + " STATUSWIRE_OIDC_AUDIENCE"));
    }

    private static boolean isSafe(URI issuer) {
        return issuer.getHost() != null
                && ("https".equals(issuer.getScheme())
                        || ("http".equals(issuer.getScheme())
                                && LOOPBACK.contains(issuer.getHost())));
    }

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
