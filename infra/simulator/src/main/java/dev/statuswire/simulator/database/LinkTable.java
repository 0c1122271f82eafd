package dev.statuswire.simulator.database;

import dev.statuswire.core.link.Link;
import dev.statuswire.simulator.check.LinkChecker;
import dev.statuswire.simulator.check.TraceListener;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The links table, which outlives every process. Each write is checked and traced. */
public final class LinkTable {

    private final LinkChecker checker;
    private final TraceListener trace;
    private final TreeMap<String, Link> links = new TreeMap<>();
    private final Set<String> revoked = new HashSet<>();

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

    /** Stores a link, unless it is stored or was revoked. Returns whether it was stored. */
    boolean putIfAbsent(Link link) {
        if (revoked.contains(link.id()) || links.putIfAbsent(link.id(), link) != null) {
            return false;
        }
        trace.tell(() -> "a link was stored: " + link);
        checker.stored(link);
        return true;
    }

    void revoke(String id) {
        revoked.add(id);
        links.remove(id);
        trace.tell(() -> "a link was revoked: " + id);
        checker.revoked(id);
    }

    /**
     * Deletes a link. Returns whether it was stored.
     *
     * @param shown the latest time that the clock of the process has shown
     */
    boolean delete(String id, Instant shown) {
        Link link = links.remove(id);
        if (link != null) {
            trace.tell(() -> "a link was deleted: " + id);
            checker.deleted(link, shown);
        }
        return link != null;
    }
}
