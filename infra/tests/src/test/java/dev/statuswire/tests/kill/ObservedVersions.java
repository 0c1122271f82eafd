package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All status documents that any client received, by id and version, from all runs of the runtime.
 * Finds at once whether a read returns an older version than one that was received before the read
 * started, and whether one version has two different documents, which would happen if a kill lost a
 * write that a client had seen. Thread-safe.
 */
final class ObservedVersions {

    private final Map<String, NavigableMap<Long, JsonNode>> seen = new ConcurrentHashMap<>();
    private final SubmittedRequests requests;
    private final Findings findings;

    ObservedVersions(SubmittedRequests requests, Findings findings) {
        this.requests = requests;
        this.findings = findings;
    }

    /** Returns the newest version of {@code id} that was received so far; 0 if there is none. */
    long newest(String id) {
        NavigableMap<Long, JsonNode> versions = seen.get(id);
        return versions == null ? 0 : versions.lastKey();
    }

    /** Returns the newest version of each request that was received so far. */
    Map<String, Long> newest() {
        var newest = new HashMap<String, Long>();
        seen.forEach((id, versions) -> newest.put(id, versions.lastKey()));
        return newest;
    }

    /**
     * Records a document that was received.
     *
     * @param atLeast the newest version that had been received before the document was requested; 0
     *     if it was not requested
     */
    void add(JsonNode document, long atLeast) {
        String id = document.path("id").asText();
        var submitted = requests.find(id);
        if (submitted.isEmpty()) {
            findings.add("no client submitted " + document);
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
            findings.add(id + " had two documents of one version: " + before + " " + document);
        }
    }

    /** Returns a map that is never empty, because other threads may read it at any time. */
    private static NavigableMap<Long, JsonNode> oneVersion(long version, JsonNode document) {
        var versions = new ConcurrentSkipListMap<Long, JsonNode>();
        versions.put(version, document);
        return versions;
    }

    /** Returns the received documents of {@code id}, by version. */
    NavigableMap<Long, JsonNode> of(String id) {
        return new TreeMap<>(seen.getOrDefault(id, new TreeMap<>()));
    }

    /** Returns how many versions of all requests were received. */
    int count() {
        return seen.values().stream().mapToInt(NavigableMap::size).sum();
    }
}
