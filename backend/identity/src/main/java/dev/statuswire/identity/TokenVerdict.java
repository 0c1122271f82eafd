package dev.statuswire.identity;

import java.time.Instant;

/** What became of a token. */
public sealed interface TokenVerdict {

    /**
     * It is good.
     *
     * @param subject the issuer's name for whom it was issued to, 1 to 255 characters, none of them
     *     a control character or half of a surrogate pair
     * @param expiresAt when it is no longer, give or take the allowed skew
     */
    record Identified(String subject, Instant expiresAt) implements TokenVerdict {}

    /**
     * It is not, and will not be.
     *
     * @param reason why, for its bearer; nothing of the token itself is in it
     */
    record Refused(String reason) implements TokenVerdict {}

    /** No key of the issuer is known just now: the same token may be good later. */
    record Undecided() implements TokenVerdict {}
}
