package dev.statuswire.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RetryingJWKSetSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens: JWTs of one issuer for the configured audiences, signed with RS256 or
 * ES256 by a key that the issuer publishes, and not expired for more than a minute. Refuses ID
 * tokens and other tokens of the same issuer.
 *
 * <p>The keys are cached for {@link Keys#kept}, and for {@link Keys#outage} if the issuer is
 * unreachable. A token that names an unknown key causes the keys to be fetched again, at most once
 * in {@link Keys#between}. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, JWT Profile for OAuth 2.0 Access
 *     Tokens</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current
 *     Practices</a>
 */
public final class AccessTokenVerifier {

    /**
     * A well-formed token that names a key that no issuer has. It is always refused. Checking it
     * fetches the issuer's keys if none are cached.
     */
    public static final String UNSIGNED =
            encoded("{\"alg\":\"RS256\",\"kid\":\"none\"}")
                    + "."
                    + encoded("{\"sub\":\"none\"}")
                    + ".AAAA";

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    /** The types of RFC 9068, section 2.1. Types are compared case-insensitively. */
    private static final Set<JOSEObjectType> AT_JWT =
            Set.of(new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    /** Types that many issuers give their access tokens instead of those of RFC 9068. */
    private static final Set<JOSEObjectType> JWT =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("application/jwt"));

    /**
     * The maximum length of a token: longer than any real one, and short enough to be parsed for
     * any caller.
     */
    private static final int LONGEST_TOKEN = 16 * 1024;

    private final DefaultJWTProcessor<SecurityContext> processor = new Processor();

    /** Refuses a subject that is a number. The library would read it as the text of its digits. */
    private static final class Processor extends DefaultJWTProcessor<SecurityContext> {

        @Override
        protected JWTClaimsSet extractJWTClaimsSet(JWT token) throws BadJWTException {
            JWTClaimsSet claims = super.extractJWTClaimsSet(token);
            var payload = ((JOSEObject) token).getPayload().toJSONObject();
            if (!(payload.get("sub") instanceof String)) {
                throw new BadJWTException("JWT sub claim is not a string");
            }
            return claims;
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * How long the issuer's keys are cached.
     *
     * @param kept how long the keys are used without asking the issuer, at least 30 s
     * @param between the shortest time between two lookups of an unknown key, and between a failed
     *     lookup and the next one
     * @param outage how long the keys are still used if the issuer is unreachable
     * @param responseTimeout how long to wait for a response from the issuer
     */
    public record Keys(Duration kept, Duration between, Duration outage, Duration responseTimeout) {

        /** The values for production. */
        public static final Keys STANDARD =
                new Keys(
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10),
                        Duration.ofHours(4),
                        Duration.ofSeconds(2));
    }

    /**
     * Creates a verifier of an issuer's tokens. The issuer does not have to be reachable yet.
     *
     * @param keys how long the issuer's keys are cached
     * @param clock the wall clock, by which tokens expire
     * @param steady measures how long keys are cached
     */
    public AccessTokenVerifier(
            OidcSettings settings, Keys keys, InstantSource clock, InstantSource steady) {
        processor.setJWSTypeVerifier(
                (type, context) -> {
                    if (!isAccepted(type, settings.atJwtOnly())) {
                        throw new BadJOSEException("The typ header is not that of an access token");
                    }
                });
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, source(settings, keys, steady)));
        processor.setJWTClaimsSetVerifier(new AccessTokenClaimsVerifier(settings, clock));
    }

    private static boolean isAccepted(@Nullable JOSEObjectType type, boolean atJwtOnly) {
        return type == null
                ? !atJwtOnly
                : AT_JWT.contains(type) || (!atJwtOnly && JWT.contains(type));
    }

    private static JWKSource<SecurityContext> source(
            OidcSettings settings, Keys keys, InstantSource steady) {
        var published = new IssuerKeys(settings.issuer(), keys.responseTimeout());
        var lookupBackoff =
                new KeyLookupBackoff(
                        new RetryingJWKSetSource<>(published, null), keys.between(), steady);
        var kept =
                new CachingJWKSetSource<>(
                        new OutageTolerantJWKSetSource<>(
                                lookupBackoff, keys.outage().toMillis(), null),
                        keys.kept().toMillis(),
                        published.maxLookupTime().toMillis(),
                        null);
        return new JWKSetBasedJWKSource<>(new UnknownKeyLimit(kept, keys.between(), steady));
    }

    /** Verifies a token. May wait for the issuer, for a few seconds at most. */
    public TokenVerdict check(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return new TokenVerdict.Refused("Longer than " + LONGEST_TOKEN + " characters.");
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return new TokenVerdict.Identified(
                    claims.getSubject(), claims.getExpirationTime().toInstant());
        } catch (ParseException malformed) {
            return new TokenVerdict.Refused("Not a JWT.");
        } catch (BadJOSEException bad) {
            return new TokenVerdict.Refused(String.valueOf(bad.getMessage()));
        } catch (KeySourceException unreachable) {
            return new TokenVerdict.Undecided();
        } catch (JOSEException broken) {
            return new TokenVerdict.Refused("The signature cannot be verified.");
        }
    }
}
