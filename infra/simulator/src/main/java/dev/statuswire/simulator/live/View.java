package dev.statuswire.simulator.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a page knows: the page's own merge ({@code web/src/client/merge.ts}) in Java. A moment
 * counts arrivals; what a read brings is weighed against what came since the moment it was started
 * at. What is removed leaves a tombstone, so that what was pushed of it before, and comes after, is
 * left out.
 */
final class View {

    private final TreeMap<String, Shown> documents = new TreeMap<>();
    private final Map<String, Integer> heard = new HashMap<>();
    private final Map<String, Tombstone> removed = new HashMap<>();
    private int moment;
    private int listed = -1;

    /** What of a document counts here. */
    record Shown(String id, long version, boolean finished, @Nullable Instant createdAt) {

        private boolean isCreatedAfter(Shown other) {
            return isLater(createdAt, other.createdAt);
        }
    }

    /** The last of a request that is gone, and when it was heard. */
    private record Tombstone(long version, @Nullable Instant createdAt, int moment) {

        /** Whether this is of the request that is gone, or of one before it. */
        private boolean covers(Shown document) {
            return (createdAt == null || document.createdAt() == null)
                    ? document.version() <= version
                    : !document.createdAt().isAfter(createdAt);
        }

        private Tombstone orNewer(Tombstone other) {
            return isLater(createdAt, other.createdAt) ? this : other;
        }
    }

    int moment() {
        return moment;
    }

    Map<String, Shown> documents() {
        return documents;
    }

    void pushed(Shown document) {
        if (!isGone(document)) {
            take(document, moment + 1);
        }
        moment++;
    }

    void read(List<Shown> arrived, int since) {
        arrived.stream()
                .filter(document -> !isOutdated(document, since))
                .forEach(document -> found(document, since));
        moment++;
    }

    /** A read of everything, started at {@code since}, is complete. */
    void listed(Set<String> ids, int since) {
        listed = Math.max(listed, since);
        drop(
                heard.entrySet().stream()
                        .filter(it -> it.getValue() <= since && !ids.contains(it.getKey()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** It was pushed that a request is gone; the id may be in use anew. */
    void removed(String id, long version, @Nullable Instant createdAt) {
        moment++;
        var tombstone = new Tombstone(version, createdAt, moment);
        removed.merge(id, tombstone, Tombstone::orNewer);
        Shown known = documents.get(id);
        if (known != null && tombstone.covers(known)) {
            forget(id);
        }
    }

    /** A read did not find it. */
    void missing(String id) {
        drop(List.of(id));
    }

    /** Those that somebody must still look at. */
    Set<String> unfinished() {
        var ids = new TreeSet<String>();
        documents.values().stream().filter(it -> !it.finished()).forEach(it -> ids.add(it.id()));
        return ids;
    }

    private boolean isGone(Shown document) {
        return isGoneSince(0, document);
    }

    private boolean isGoneSince(int moment, Shown document) {
        Tombstone tombstone = removed.get(document.id());
        return tombstone != null && tombstone.moment() > moment && tombstone.covers(document);
    }

    private boolean isOutdated(Shown document, int since) {
        return isGoneSince(since, document)
                || (since <= listed && !documents.containsKey(document.id()));
    }

    /** A read that was started after it was heard to be gone is right. */
    private void found(Shown document, int since) {
        if (isGone(document)) {
            removed.remove(document.id());
        }
        take(document, since);
    }

    private void take(Shown arrived, int at) {
        heard.merge(arrived.id(), at, Math::max);
        documents.merge(arrived.id(), arrived, View::newer);
    }

    private void drop(List<String> ids) {
        moment++;
        for (String id : ids) {
            Shown last = documents.get(id);
            if (last != null) {
                removed.put(id, new Tombstone(last.version(), last.createdAt(), moment));
            }
            forget(id);
        }
    }

    private void forget(String id) {
        documents.remove(id);
        heard.remove(id);
    }

    private static Shown newer(Shown known, Shown arrived) {
        if (arrived.isCreatedAfter(known)) {
            return arrived;
        }
        return known.isCreatedAfter(arrived) || arrived.version() <= known.version()
                ? known
                : arrived;
    }

    private static boolean isLater(@Nullable Instant one, @Nullable Instant other) {
        return one != null && other != null && one.isAfter(other);
    }
}
