package dev.statuswire.api.identity;

import dev.statuswire.api.http.OwnerOf;
import dev.statuswire.identity.AccessTokens;
import dev.statuswire.identity.OidcSettings;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who may call, and whose calls they are.
 *
 * @param issuer whose tokens callers bring; empty where everybody is {@code local}
 */
public record Identity(OwnerOf owners, Optional<OidcSettings> issuer) {

    /** One machine and nobody else. */
    public static final Identity LOCAL = new Identity(OwnerOf.LOCAL, Optional.empty());

    /**
     * Callers bring tokens of an issuer, which need not be there yet.
     *
     * @param clock the wall clock, which ends tokens
     * @param steady measures how long the issuer's keys are kept
     */
    public static Identity of(
            OidcSettings issuer,
            AccessTokens.Keys keys,
            InstantSource clock,
            InstantSource steady) {
        var tokens = new AccessTokens(issuer, keys, clock, steady);
        return new Identity(new BearerOwner(tokens), Optional.of(issuer));
    }
}
