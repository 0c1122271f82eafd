package dev.statuswire.core.store;

import dev.statuswire.core.testing.InMemoryRequestStore;

final class InMemoryRequestStoreTest extends RequestStoreContract {

    private final InMemoryRequestStore store = new InMemoryRequestStore(transitions, clock);

    @Override
    RequestStore store() {
        return store;
    }

    @Override
    DueIndex index() {
        return store;
    }
}
