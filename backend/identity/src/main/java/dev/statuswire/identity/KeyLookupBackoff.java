package dev.statuswire.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs off after a failed lookup of the issuer's keys. A failure is logged in one line, and
 * further lookups fail without asking the issuer until the pause is over. The cache that wraps this
 * source calls it from one thread at a time.
 */
final class KeyLookupBackoff extends JWKSetSourceWrapper<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyLookupBackoff.class);

    private final Duration pause;
    private final InstantSource steady;
    private long closedUntil = Long.MIN_VALUE;
    private String reason = "";

    /**
     * Creates a backoff.
     *
     * @param published the source of the keys
     * @param pause the shortest time between a failed lookup and the next one
     * @param steady measures the pause
     */
    KeyLookupBackoff(
            JWKSetSource<SecurityContext> published, Duration pause, InstantSource steady) {
        super(published);
        this.pause = pause;
        this.steady = steady;
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
            throws KeySourceException {
        if (steady.millis() < closedUntil) {
            throw new JWKSetUnavailableException(reason);
        }
        try {
            return getSource().getJWKSet(refresh, currentTime, context);
        } catch (JWKSetUnavailableException failed) {
            reason = String.valueOf(failed.getMessage());
            closedUntil = steady.millis() + pause.toMillis();
            LOG.warn(
                    "{}; continuing with the known keys, or 503 if there are none; next lookup in"
                            + " {} ms at the earliest",
                    reason,
                    pause.toMillis());
            throw failed;
        }
    }
}
