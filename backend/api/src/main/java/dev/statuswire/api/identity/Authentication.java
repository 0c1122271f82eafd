package dev.statuswire.api.identity;

import dev.statuswire.api.http.OwnerResolver;
import dev.statuswire.identity.AccessTokenVerifier;
import dev.statuswire.identity.OidcSettings;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who may call, and whose calls they are.
 *
 * @param issuer whose tokens callers bring; empty where everybody is {@code local}
 */
public record Authentication(OwnerResolver owners, Optional<OidcSettings> issuer) {

    /** One machine and nobody else. */
    public static final Authentication LOCAL =
            new Authentication(OwnerResolver.LOCAL, Optional.empty());

    /**
     * Callers bring tokens of an issuer, which need not be there yet.
     *
     * @param clock the wall clock, which ends tokens
     * @param steady measures how long the issuer's keys are kept
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
