package dev.statuswire.core.live;

import java.time.Instant;

/**
 * Lets its bearer open one socket.
 *
 * @param value a secret, at least 128 random bits, safe in a URL; {@link #toString} leaves it out
 * @param expiresAt from when on it opens none, in whole seconds
 */
public record Ticket(String value, Instant expiresAt) {

    /** How long a ticket is good for, at most. */
    public static final int SECONDS = 30;

    @Override
    public String toString() {
        return "Ticket[expiresAt=" + expiresAt + "]";
    }
}
