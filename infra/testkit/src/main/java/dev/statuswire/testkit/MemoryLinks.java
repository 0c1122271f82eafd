package dev.statuswire.testkit;

import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.request.RequestKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The links that steps have created. Thread-safe. */
final class MemoryLinks implements LinkStore {

    private final Map<String, Link> byId = new ConcurrentHashMap<>();

    @Override
    public void add(Link link) {
        byId.put(link.id(), link);
    }

    @Override
    public Optional<Link> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Link> of(RequestKey request) {
        return byId.values().stream().filter(link -> link.request().equals(request)).toList();
    }

    @Override
    public boolean delete(RequestKey request, String id) {
        Link link = byId.get(id);
        return link != null && link.request().equals(request) && byId.remove(id, link);
    }
}
