package dev.statuswire.api.live;

import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.store.StoreException;

/** Issues tickets; who redeems them keeps them. Thread-safe. */
@FunctionalInterface
public interface Tickets {

    /**
     * A new ticket for {@code owner}, kept before it is given. Blocks.
     *
     * @throws StoreException where it could not be kept
     */
    Ticket issue(String owner);
}
