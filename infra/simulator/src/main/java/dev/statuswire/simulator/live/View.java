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
 * at.
 */
final class View {

    private final TreeMap<String, Shown> documents = new TreeMap<>();
    private final Map<String, Integer> heard = new HashMap<>();
    private final Map<String, Integer> removed = new HashMap<>();
    private int moment;
    private int listed = -1;

    /** What of a document counts here. */
    record Shown(String id, long version, boolean finished, @Nullable Instant createdAt) {}

    int moment() {
        return moment;
    }

    Map<String, Shown> documents() {
        return documents;
    }

    void pushed(Shown document) {
        take(document, moment + 1);
        moment++;
    }

    void read(List<Shown> arrived, int since) {
        arrived.stream()
                .filter(document -> !isOutdated(document.id(), since))
                .forEach(document -> take(document, since));
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

    void removed(String id) {
        drop(List.of(id));
    }

    /** Those that somebody must still look at. */
    Set<String> unfinished() {
        var ids = new TreeSet<String>();
        documents.values().stream().filter(it -> !it.finished()).forEach(it -> ids.add(it.id()));
        return ids;
    }

    private boolean isOutdated(String id, int since) {
        return removed.getOrDefault(id, 0) > since
                || (since <= listed && !documents.containsKey(id));
    }

    private void take(Shown arrived, int at) {
        heard.merge(arrived.id(), at, Math::max);
        documents.merge(arrived.id(), arrived, View::newer);
    }

    private void drop(List<String> ids) {
        moment++;
        for (String id : ids) {
            documents.remove(id);
            heard.remove(id);
            removed.put(id, moment);
        }
    }

    private static Shown newer(Shown known, Shown arrived) {
        if (isCreatedAfter(arrived, known)) {
            return arrived;
        }
        return isCreatedAfter(known, arrived) || arrived.version() <= known.version()
                ? known
                : arrived;
    }

    private static boolean isCreatedAfter(Shown one, Shown other) {
        return one.createdAt() != null
                && other.createdAt() != null
                && one.createdAt().isAfter(other.createdAt());
    }
}
