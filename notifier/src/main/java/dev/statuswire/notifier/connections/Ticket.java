package dev.statuswire.notifier.connections;

import java.time.Instant;

/**
 * Lets its bearer open one socket.
 *
 * @param ticket a secret; {@link #toString} leaves it out
 * @param expiresAt from when on it opens none, in whole seconds
 */
public record Ticket(String ticket, Instant expiresAt) {

    /** How long a ticket is good for, at most. */
    public static final int SECONDS = 30;

    @Override
    public String toString() {
        return "Ticket[expiresAt=" + expiresAt + "]";
    }
}
