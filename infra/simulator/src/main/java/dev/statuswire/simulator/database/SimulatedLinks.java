package dev.statuswire.simulator.database;

import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.util.List;
import java.util.Optional;

/** The links table as seen by one process. */
public final class SimulatedLinks implements LinkStore {

    private final LinkTable table;
    private final SimulatedProcess host;
    private final UnreliableCalls calls;

    public SimulatedLinks(LinkTable table, SimulatedProcess host, UnreliableCalls calls) {
        this.table = table;
        this.host = host;
        this.calls = calls;
    }

    @Override
    public void add(Link link) {
        calls.write(() -> table.putIfAbsent(link));
    }

    @Override
    public Optional<Link> find(String id) {
        return calls.read(() -> table.find(id).filter(this::isUnexpired));
    }

    private boolean isUnexpired(Link link) {
        return !link.isExpired(host.latestShown());
    }

    @Override
    public List<Link> of(RequestKey request) {
        return calls.read(
                () ->
                        table.all().stream()
                                .filter(link -> link.request().equals(request))
                                .filter(this::isUnexpired)
                                .toList());
    }

    @Override
    public boolean revoke(RequestKey request, String id) {
        return calls.write(
                () -> {
                    boolean isKnown =
                            table.find(id).filter(it -> it.request().equals(request)).isPresent();
                    if (isKnown) {
                        table.revoke(id);
                    }
                    return isKnown;
                });
    }

    @Override
    public void delete(String id) {
        calls.write(() -> table.delete(id, host.latestShown()));
    }
}
