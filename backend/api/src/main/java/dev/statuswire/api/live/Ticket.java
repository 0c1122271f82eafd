package dev.statuswire.api.live;

import java.time.Instant;

/**
 * Lets its bearer open one live socket, once.
 *
 * @param value a secret, at least 128 random bits, safe in a URL
 */
public record Ticket(String value, Instant expiresAt) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "Ticket[expiresAt=" + expiresAt + "]";
    }
}
