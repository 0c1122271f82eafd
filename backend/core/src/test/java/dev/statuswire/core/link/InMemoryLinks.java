package dev.statuswire.core.link;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.transition.Transitions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store of links in memory. Thread-safe. */
public final class InMemoryLinks implements LinkStore {

    private final Map<String, Link> byId = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;

    /** Creates an empty store whose links expire by {@code clock}. */
    public InMemoryLinks(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns links to the requests in {@code store}, in a new store. */
    public static Links to(RequestStore store, Transitions transitions, InstantSource clock) {
        return new Links(new InMemoryLinks(clock), store, transitions, new SecureRandom(), clock);
    }

    /** Returns links to the requests in {@code store}, which expire by the system clock. */
    public static Links to(RequestStore store, Transitions transitions) {
        return to(store, transitions, InstantSource.system());
    }

    @Override
    public void add(Link link) {
        if (!revoked.contains(link.id())) {
            byId.put(link.id(), link);
        }
    }

    @Override
    public Optional<Link> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(link -> !link.isExpired(clock.instant()));
    }

    @Override
    public List<Link> of(RequestKey request) {
        return byId.values().stream()
                .filter(link -> link.request().equals(request))
                .filter(link -> !link.isExpired(clock.instant()))
                .sorted(Comparator.comparing(Link::createdAt).reversed())
                .toList();
    }

    @Override
    public boolean revoke(RequestKey request, String id) {
        Link link = byId.get(id);
        boolean isKnown = link != null && link.request().equals(request);
        if (isKnown) {
            revoked.add(id);
            byId.remove(id);
        }
        return isKnown;
    }

    @Override
    public void delete(String id) {
        byId.remove(id);
    }
}
