package dev.statuswire.api.identity;

import dev.statuswire.api.http.OwnerResolver;
import dev.statuswire.identity.AccessTokenVerifier;
import dev.statuswire.identity.OidcSettings;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Determines who may call the API and which owner a call belongs to.
 *
 * @param owners resolves the owner of a call
 * @param issuer the issuer of the callers' access tokens; empty if every caller is {@code local}
 */
public record Authentication(OwnerResolver owners, Optional<OidcSettings> issuer) {

    /** For a single machine: every caller is {@code local}. */
    public static final Authentication LOCAL =
            new Authentication(OwnerResolver.LOCAL, Optional.empty());

    /**
     * Requires callers to send access tokens of {@code issuer}, which need not be reachable yet.
     *
     * @param clock the wall clock, by which tokens expire
     * @param steady measures how long the issuer's keys are cached
     */
    public static Authentication of(
            OidcSettings issuer,
            AccessTokenVerifier.Keys keys,
            InstantSource clock,
            InstantSource steady) {
        var tokens = new AccessTokenVerifier(issuer, keys, clock, steady);
        return new Authentication(new BearerOwner(tokens), Optional.of(issuer));
    }
}
