package dev.statuswire.api.live;

import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.store.StoreException;

/** Issues tickets for live sockets. Thread-safe. */
@FunctionalInterface
public interface TicketIssuer {

    /**
     * A new ticket for {@code owner}, kept before it is given. Blocks.
     *
     * @throws StoreException where it could not be kept
     */
    Ticket issue(String owner);
}
