package dev.statuswire.core.live;

import java.time.Instant;

/**
 * A ticket, which allows its bearer to open one socket.
 *
 * @param value a secret of at least 128 random bits that can be used in a URL; {@link #toString}
 *     omits it
 * @param expiresAt from when on the ticket is invalid, in whole seconds
 */
public record Ticket(String value, Instant expiresAt) {

    /** The maximum lifetime of a ticket in seconds. */
    public static final int SECONDS = 30;

    @Override
    public String toString() {
        return "Ticket[expiresAt=" + expiresAt + "]";
    }
}
