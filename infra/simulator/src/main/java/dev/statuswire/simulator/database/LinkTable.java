package dev.statuswire.simulator.database;

import dev.statuswire.core.link.Link;
import dev.statuswire.simulator.check.LinkChecker;
import dev.statuswire.simulator.check.TraceListener;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The links table, which outlives every process. Each write is checked and traced. */
public final class LinkTable {

    private final LinkChecker checker;
    private final TraceListener trace;
    private final TreeMap<String, Link> links = new TreeMap<>();

    public LinkTable(LinkChecker checker, TraceListener trace) {
        this.checker = checker;
        this.trace = trace;
    }

    /** Returns all links. */
    public Collection<Link> all() {
        return List.copyOf(links.values());
    }

    Optional<Link> find(String id) {
        return Optional.ofNullable(links.get(id));
    }

    Link put(Link link) {
        links.put(link.id(), link);
        trace.tell(() -> "a link was stored: " + link);
        checker.stored(link);
        return link;
    }

    /**
     * @param shown the latest time that the clock of the process has shown
     */
    void delete(Link link, Instant shown) {
        links.remove(link.id());
        trace.tell(() -> "a link was deleted: " + link.id());
        checker.deleted(link, shown);
    }
}
