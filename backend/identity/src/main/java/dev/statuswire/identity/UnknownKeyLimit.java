package dev.statuswire.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits how often unknown keys cause lookups at the issuer. Anyone can send tokens that name an
 * invented key, and each lookup fetches all keys. A caller that exceeds the limit gets the known
 * keys. A new key of the issuer is therefore found within the shortest time between two lookups,
 * regardless of what other callers send. Lookups because the cached keys are too old are not
 * limited. Thread-safe; a caller with an unknown key waits for a lookup that another caller has
 * started.
 */
final class UnknownKeyLimit extends JWKSetSourceWrapper<SecurityContext> {

    private final Lock lock = new ReentrantLock();
    private final long between;
    private final InstantSource steady;

    /** Guarded by the lock. */
    private long next = Long.MIN_VALUE;

    /**
     * Creates a limit.
     *
     * @param kept the cache of the keys
     * @param between the shortest time between two lookups for an unknown key
     * @param steady replaces the wall clock with which the library measures how long it caches keys
     */
    UnknownKeyLimit(JWKSetSource<SecurityContext> kept, Duration between, InstantSource steady) {
        super(kept);
        this.between = between.toMillis();
        this.steady = steady;
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long wallTime, SecurityContext context)
            throws KeySourceException {
        JWKSet known = known(context);
        return refresh.requiresRefresh(known) ? lookedUp(refresh, context) : known;
    }

    private JWKSet lookedUp(JWKSetCacheRefreshEvaluator refresh, SecurityContext context)
            throws KeySourceException {
        lock.lock();
        try {
            JWKSet known = known(context);
            long now = steady.millis();
            if (!refresh.requiresRefresh(known) || now < next) {
                return known;
            }
            next = now + between;
            return getSource().getJWKSet(refresh, now, context);
        } finally {
            lock.unlock();
        }
    }

    private JWKSet known(SecurityContext context) throws KeySourceException {
        return getSource()
                .getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), steady.millis(), context);
    }
}
