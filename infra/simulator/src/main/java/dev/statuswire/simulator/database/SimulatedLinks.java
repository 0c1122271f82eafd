package dev.statuswire.simulator.database;

import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        calls.write(() -> Optional.ofNullable(table.byId().put(link.id(), link)));
    }

    @Override
    public Optional<Link> find(String id) {
        return calls.read(() -> unexpired(table.byId().get(id)));
    }

    private Optional<Link> unexpired(@Nullable Link link) {
        return Optional.ofNullable(link).filter(it -> !it.isExpired(host.latestShown()));
    }

    @Override
    public List<Link> of(RequestKey request) {
        return calls.read(
                () ->
                        table.byId().values().stream()
                                .filter(link -> link.request().equals(request))
                                .flatMap(link -> unexpired(link).stream())
                                .toList());
    }

    @Override
    public boolean delete(RequestKey request, String id) {
        return calls.write(
                () -> {
                    Link link = table.byId().get(id);
                    return link != null
                            && link.request().equals(request)
                            && table.byId().remove(id, link);
                });
    }
}
