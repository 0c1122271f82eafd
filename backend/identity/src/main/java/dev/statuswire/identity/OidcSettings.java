package dev.statuswire.identity;

import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens are taken.
 *
 * @param issuer as its tokens and its discovery document say it, to the letter; {@code https}, or
 *     on the loopback {@code http}
 * @param audiences at least one, of which a token's {@code aud} must have one; if it has no {@code
 *     aud}, its {@code client_id} must be one
 * @param clientId whom the page logs in as, a public client of the issuer
 * @param scope what the page asks for when somebody logs in, with {@code openid} in it
 * @param atJwtOnly whether a token must say in its header {@code typ} that it is an access token
 *     (RFC 9068)
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery 1.0</a>
 */
public record OidcSettings(
        URI issuer, List<String> audiences, String clientId, String scope, boolean atJwtOnly) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcSettings {
        require(isSafe(issuer), "an issuer has an address with https: " + issuer);
        require(
                issuer.getQuery() == null && issuer.getFragment() == null,
                "an issuer has neither query nor fragment: " + issuer);
        audiences = List.copyOf(audiences);
        require(!audiences.isEmpty(), "there is no audience");
        require(audiences.stream().noneMatch(String::isBlank), "the audience is empty");
        require(!clientId.isBlank(), "the client id is empty");
        require(
                Arrays.asList(scope.split(" ", -1)).contains("openid"),
                "the scope has no openid in it: " + scope);
    }

    /**
     * The page logs in as the audience, and asks for nothing but {@code openid}; access tokens need
     * not have the type of RFC 9068.
     */
    public static OidcSettings of(URI issuer, String audience) {
        return new OidcSettings(issuer, List.of(audience), audience, "openid", false);
    }

    /**
     * From {@code STATUSWIRE_OIDC_ISSUER}, {@code STATUSWIRE_OIDC_AUDIENCE} (one, or several with
     * commas), {@code STATUSWIRE_OIDC_CLIENT_ID} (the first audience if unset), {@code
     * STATUSWIRE_OIDC_SCOPE} ({@code openid} if unset) and {@code STATUSWIRE_OIDC_AT_JWT_ONLY}
     * ({@code false} if unset); empty where there is no issuer.
     *
     * @throws IllegalArgumentException where one is not what it should be, or the audience is
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
                    "STATUSWIRE_OIDC_ISSUER also needs STATUSWIRE_OIDC_AUDIENCE");
        }
        return audiences;
    }

    /** Returns whether {@code uri} is of https, or of http on this machine. */
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
