package dev.statuswire.api.live;

import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.store.StoreException;

/** Issues tickets for live sockets. Thread-safe. */
@FunctionalInterface
public interface TicketIssuer {

    /**
     * Creates and stores a new ticket for {@code owner}. Blocks.
     *
     * @throws StoreException if the ticket could not be stored
     */
    Ticket issue(String owner);
}
