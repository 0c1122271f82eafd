package dev.statuswire.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks access tokens: JWTs of one issuer for one audience, signed with RS256 or ES256 by a key
 * that the issuer publishes, not expired by more than a minute. The keys are kept for five minutes,
 * and for four hours where the issuer cannot be reached; a token with a key that is not among them
 * has them looked up again, at most twice in {@link Keys#between}. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, JWT Profile for OAuth 2.0 Access
 *     Tokens</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current
 *     Practices</a>
 */
public final class AccessTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** OpenID Connect Core 1.0, section 2: {@code sub} must not exceed it. */
    private static final int LONGEST_SUBJECT = 255;

    /** Longer than any that is meant, and short enough to be parsed for anybody. */
    private static final int LONGEST_TOKEN = 16 * 1024;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * How the issuer's keys are kept.
     *
     * @param kept how long without a look at the issuer, at least 30 s
     * @param between in which they are looked up at most twice
     * @param outage how long they are still good where the issuer cannot be reached
     * @param answer how long the issuer may be silent when it is asked
     */
    public record Keys(Duration kept, Duration between, Duration outage, Duration answer) {

        /** For production. */
        public static final Keys STANDARD =
                new Keys(
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofHours(4),
                        Duration.ofSeconds(2));
    }

    /**
     * Checks tokens of an issuer, which need not be there yet.
     *
     * @param clock the wall clock, which ends tokens
     * @param steady measures how long the issuer's keys are kept
     */
    public AccessTokens(
            OidcSettings settings, Keys keys, InstantSource clock, InstantSource steady) {
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, source(settings, keys, steady)));
        processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
    }

    private static JWKSource<SecurityContext> source(
            OidcSettings settings, Keys keys, InstantSource steady) {
        var published = new IssuerKeys(settings.issuer(), keys.answer());
        var kept =
                JWKSourceBuilder.create(published)
                        .cache(keys.kept().toMillis(), published.patience().toMillis())
                        .refreshAheadCache(false)
                        .rateLimited(keys.between().toMillis())
                        .retrying(true)
                        .outageTolerant(keys.outage().toMillis())
                        .build();
        return new JWKSetBasedJWKSource<>(
                new Steady(
                        ((JWKSetBasedJWKSource<SecurityContext>) kept).getJWKSetSource(), steady));
    }

    /**
     * Replaces the wall clock's time, by which the library measures how long it keeps keys and how
     * often it looks them up.
     */
    private static final class Steady extends JWKSetSourceWrapper<SecurityContext> {

        private final InstantSource steady;

        Steady(JWKSetSource<SecurityContext> source, InstantSource steady) {
            super(source);
            this.steady = steady;
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long wallTime, SecurityContext context)
                throws KeySourceException {
            return getSource().getJWKSet(refresh, steady.millis(), context);
        }
    }

    /** Checks a token. May wait for the issuer, for some seconds at most. */
    public Verdict check(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return new Verdict.Refused("It is too long.");
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return new Verdict.Identified(
                    claims.getSubject(), claims.getExpirationTime().toInstant());
        } catch (ParseException malformed) {
            return new Verdict.Refused("It is no JWT.");
        } catch (BadJOSEException bad) {
            return new Verdict.Refused(String.valueOf(bad.getMessage()));
        } catch (KeySourceException unreachable) {
            LOG.warn("the issuer's keys cannot be had; callers may try again", unreachable);
            return new Verdict.Undecided();
        } catch (JOSEException broken) {
            return new Verdict.Refused("Its signature cannot be checked.");
        }
    }

    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final String audience;
        private final InstantSource clock;

        Claims(OidcSettings settings, InstantSource clock) {
            super(
                    new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                    Set.of("sub", "exp"));
            this.audience = settings.audience();
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
            if (!isFor(claims)) {
                throw new BadJWTException("JWT aud claim has another value");
            }
            int length = claims.getSubject().length();
            if (length == 0 || length > LONGEST_SUBJECT) {
                throw new BadJWTException("JWT sub claim has a bad length");
            }
        }

        /**
         * Cognito's access tokens say for whom they are only in {@code client_id}.
         *
         * @see <a
         *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html">Understanding
         *     the access token</a>
         */
        private boolean isFor(JWTClaimsSet claims) {
            return claims.getAudience().isEmpty()
                    ? audience.equals(claims.getClaim("client_id"))
                    : claims.getAudience().contains(audience);
        }
    }
}
