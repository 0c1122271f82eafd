package dev.statuswire.identity;

import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The accepted access tokens, and the parameters with which the page logs in.
 *
 * @param issuer exactly as in the issuer's tokens and discovery document; an {@code https} URL, or
 *     an {@code http} URL on the loopback interface
 * @param audiences at least one. A token's {@code aud} must contain one of them; if the token has
 *     no {@code aud}, its {@code client_id} must be one
 * @param clientId the client that the page logs in as, a public client of the issuer
 * @param scope the scopes that the page requests when a user logs in; must contain {@code openid}
 * @param atJwtOnly whether the header {@code typ} of a token must be that of an access token (RFC
 *     9068)
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery 1.0</a>
 */
public record OidcSettings(
        URI issuer, List<String> audiences, String clientId, String scope, boolean atJwtOnly) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcSettings {
        require(isSafe(issuer), "the issuer must be an https URL: " + issuer);
        require(
                issuer.getQuery() == null && issuer.getFragment() == null,
                "the issuer's URL must not have a query or fragment: " + issuer);
        audiences = List.copyOf(audiences);
        require(!audiences.isEmpty(), "there must be at least one audience");
        require(audiences.stream().noneMatch(String::isBlank), "an audience must not be blank");
        require(!clientId.isBlank(), "the client id must not be blank");
        require(
                Arrays.asList(scope.split(" ", -1)).contains("openid"),
                "the scope must contain openid: " + scope);
    }

    /**
     * Returns settings with which the page logs in as the audience and requests only the scope
     * {@code openid}. Access tokens do not need the type of RFC 9068.
     */
    public static OidcSettings of(URI issuer, String audience) {
        return new OidcSettings(issuer, List.of(audience), audience, "openid", false);
    }

    /**
     * Reads {@code STATUSWIRE_OIDC_ISSUER}, {@code STATUSWIRE_OIDC_AUDIENCE} (one, or several
     * separated by commas), {@code STATUSWIRE_OIDC_CLIENT_ID} (default: the first audience), {@code
     * STATUSWIRE_OIDC_SCOPE} (default: {@code openid}) and {@code STATUSWIRE_OIDC_AT_JWT_ONLY}
     * (default: {@code false}).
     *
     * @return empty if no issuer is set
     * @throws IllegalArgumentException if a setting has an invalid value, or the audience is
     *     missing
     */
    public static Optional<OidcSettings> from(Environment environment) {
        return environment.uri("STATUSWIRE_OIDC_ISSUER").map(issuer -> of(issuer, environment));
    }

    private static OidcSettings of(URI issuer, Environment environment) {
        List<String> audiences = audiences(environment);
        return new OidcSettings(
                issuer,
                audiences,
                environment
                        .text("STATUSWIRE_OIDC_CLIENT_ID")
                        .map(String::strip)
                        .orElse(audiences.getFirst()),
                environment.text("STATUSWIRE_OIDC_SCOPE").map(String::strip).orElse("openid"),
                environment.flag("STATUSWIRE_OIDC_AT_JWT_ONLY"));
    }

    private static List<String> audiences(Environment environment) {
        List<String> audiences = environment.list("STATUSWIRE_OIDC_AUDIENCE");
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException(
                    "STATUSWIRE_OIDC_ISSUER requires STATUSWIRE_OIDC_AUDIENCE");
        }
        return audiences;
    }

    /** Returns whether {@code uri} is an https URL, or an http URL on the loopback interface. */
    static boolean isSafe(URI uri) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
    }

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
