package dev.statuswire.core.link;

final class InMemoryLinksTest extends LinkStoreContract {

    @Override
    LinkStore store() {
        return new InMemoryLinks(clock);
    }
}
