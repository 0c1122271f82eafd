package dev.statuswire.core.live;

import java.util.Optional;

/**
 * Issues and redeems tickets. A browser cannot send headers with the handshake of a socket, so it
 * proves with a ticket which user it acts for. The page requests a ticket with its own
 * authorization and puts it into the socket's URL. URLs end up in logs of other systems, so a
 * ticket can be used once and only for {@value Ticket#SECONDS} seconds.
 *
 * <p>Every call blocks while it waits for the database, and throws {@link
 * dev.statuswire.core.store.StoreException} if the database did not respond. Thread-safe.
 */
public interface Tickets {

    /** Issues a new ticket, with which the changes of {@code topic} may be received. */
    Ticket issue(Topic topic);

    /**
     * Redeems a ticket, which cannot be used again.
     *
     * @param ticket a text that a client sent; it may be anything
     * @return the ticket's topic, which only one caller gets; empty if the ticket is unknown, used
     *     or expired
     */
    Optional<Topic> redeem(String ticket);
}
