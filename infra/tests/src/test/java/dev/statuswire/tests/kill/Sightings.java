package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Every status document that any client saw, by id and version, whichever process said it. Finds
 * out at once where a read goes back behind what was seen before it began, and where one version is
 * two things, as it would be if a write that was seen were lost in a kill. Thread-safe.
 */
final class Sightings {

    private final Map<String, NavigableMap<Long, JsonNode>> seen = new ConcurrentHashMap<>();
    private final Ledger ledger;
    private final Findings findings;

    Sightings(Ledger ledger, Findings findings) {
        this.ledger = ledger;
        this.findings = findings;
    }

    /** The newest version of {@code id} that was seen by now; 0 where none was. */
    long newest(String id) {
        NavigableMap<Long, JsonNode> versions = seen.get(id);
        return versions == null ? 0 : versions.lastKey();
    }

    /** The same of all. */
    Map<String, Long> newest() {
        var newest = new HashMap<String, Long>();
        seen.forEach((id, versions) -> newest.put(id, versions.lastKey()));
        return newest;
    }

    /**
     * Takes down what was seen.
     *
     * @param atLeast the newest version that had been seen before it was asked for; 0 where nobody
     *     asked
     */
    void add(JsonNode document, long atLeast) {
        String id = document.path("id").asText();
        var submitted = ledger.find(id);
        if (submitted.isEmpty()) {
            findings.add("nobody submitted " + document);
            return;
        }
        long version = document.path("version").asLong();
        if (version < atLeast) {
            findings.add(id + " went back from version " + atLeast + " to " + document);
        }
        if (!submitted.get().input().equals(document.path("input"))) {
            findings.add(id + " has another input than " + submitted.get().input());
        }
        JsonNode before =
                seen.computeIfAbsent(id, _ -> oneVersion(version, document))
                        .putIfAbsent(version, document);
        if (before != null && !before.equals(document)) {
            findings.add(id + " was one thing and then another: " + before + " " + document);
        }
    }

    /** Never seen empty, since others look while it is filled. */
    private static NavigableMap<Long, JsonNode> oneVersion(long version, JsonNode document) {
        var versions = new ConcurrentSkipListMap<Long, JsonNode>();
        versions.put(version, document);
        return versions;
    }

    /** What was seen of {@code id}, by version. */
    NavigableMap<Long, JsonNode> of(String id) {
        return new TreeMap<>(seen.getOrDefault(id, new TreeMap<>()));
    }

    /** How many versions were seen, of all requests. */
    int count() {
        return seen.values().stream().mapToInt(NavigableMap::size).sum();
    }
}
