package dev.statuswire.core.live;

import java.util.Optional;

/**
 * Tickets let a browser open a socket as somebody, since it can send no headers with the handshake:
 * its page asks for one with its own authorization and puts it into the socket's address. Addresses
 * end up in logs of others, so a ticket is good once and for {@value Ticket#SECONDS} seconds.
 *
 * <p>Every call blocks for the database and throws {@link dev.statuswire.core.store.StoreException}
 * where that did not answer. Thread-safe.
 */
public interface Tickets {

    /** A new one for {@code owner}. */
    Ticket issue(String owner);

    /**
     * Uses a ticket up.
     *
     * @param ticket whatever a client sent
     * @return its owner, to exactly one caller; empty where it is unknown, used or expired
     */
    Optional<String> redeem(String ticket);
}
