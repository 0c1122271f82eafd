package dev.statuswire.api.live;

import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.store.StoreException;

/** Issues tickets for live sockets. Thread-safe. */
@FunctionalInterface
public interface TicketIssuer {

    /**
     * Creates and stores a new ticket, with which the changes of {@code topic} may be received.
     * Blocks.
     *
     * @throws StoreException if the ticket could not be stored
     */
    Ticket issue(Topic topic);
}
