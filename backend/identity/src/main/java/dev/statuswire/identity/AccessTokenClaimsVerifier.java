package dev.statuswire.identity;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Verifies the claims of an access token. Its messages contain nothing from the token.
 *
 * <p>An issuer signs ID tokens and logout tokens with the same keys as access tokens. Their
 * audience is the client, which may also be the audience of access tokens. They are recognized by
 * claims that access tokens do not have.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core
 *     1.0, section 2, ID Token</a>
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken">OpenID
 *     Connect Back-Channel Logout 1.0, section 2.4, Logout Token</a>
 */
final class AccessTokenClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

    private static final Duration SKEW = Duration.ofSeconds(60);

    /** Claims of ID tokens, and the one of security events such as a logout. */
    private static final Set<String> NOT_OF_ACCESS_TOKENS =
            Set.of("nonce", "at_hash", "c_hash", "s_hash", "events");

    /** Amazon Cognito's claim for the use of a token: {@code access} or {@code id}. */
    private static final String TOKEN_USE = "token_use";

    private final List<String> audiences;
    private final InstantSource clock;

    AccessTokenClaimsVerifier(OidcSettings settings, InstantSource clock) {
        super(
                (Set<String>) null,
                new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                Set.of("sub", "exp"),
                NOT_OF_ACCESS_TOKENS);
        this.audiences = settings.audiences();
        this.clock = clock;
        setMaxClockSkew((int) SKEW.toSeconds());
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
        super.verify(claims, context);
        // The library accepts a claim whose value is null.
        require(claims.getExpirationTime() != null, "JWT exp claim is null");
        require(isFor(claims), "JWT aud claim has no accepted audience");
        require(isForAccess(claims), "JWT token_use claim is not access");
        require(TokenSubject.isValid(claims.getSubject()), "JWT sub claim is not a valid owner");
    }

    private static void require(boolean rule, String otherwise) throws BadJWTException {
        if (!rule) {
            throw new BadJWTException(otherwise);
        }
    }

    private static boolean isForAccess(JWTClaimsSet claims) {
        return !claims.getClaims().containsKey(TOKEN_USE)
                || "access".equals(claims.getClaim(TOKEN_USE));
    }

    /**
     * Returns whether the token is for an accepted audience. Cognito's access tokens name their
     * audience only in {@code client_id}.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html">Understanding
     *     the access token</a>
     */
    private boolean isFor(JWTClaimsSet claims) {
        return claims.getAudience().isEmpty()
                ? claims.getClaim("client_id") instanceof String client
                        && audiences.contains(client)
                : claims.getAudience().stream().anyMatch(audiences::contains);
    }
}
