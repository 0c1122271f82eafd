package dev.statuswire.identity;

import java.time.Instant;

/** The result of verifying a token. */
public sealed interface TokenVerdict {

    /**
     * The token is valid.
     *
     * @param subject the issuer's identifier of the user, 1 to 255 characters, without control
     *     characters and unpaired surrogates
     * @param expiresAt when the token expires, without the allowed clock skew
     */
    record Identified(String subject, Instant expiresAt) implements TokenVerdict {}

    /**
     * The token is invalid and will stay invalid.
     *
     * @param reason why, for the token's bearer; contains nothing from the token
     */
    record Refused(String reason) implements TokenVerdict {}

    /** No key of the issuer is currently known. The same token may be valid later. */
    record Undecided() implements TokenVerdict {}
}
