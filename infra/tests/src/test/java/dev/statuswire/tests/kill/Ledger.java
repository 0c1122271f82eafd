package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Everything that was submitted, by its id. Thread-safe. */
final class Ledger {

    private final Map<String, Submitted> requests = new ConcurrentSkipListMap<>();

    Submitted add(String id, String type, JsonNode input) {
        var submitted = new Submitted(id, type, input);
        requests.put(id, submitted);
        return submitted;
    }

    Optional<Submitted> find(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    Collection<Submitted> all() {
        return List.copyOf(requests.values());
    }

    /** The ids of those that were answered so far. */
    Set<String> acknowledged() {
        return requests.values().stream()
                .filter(Submitted::isAcknowledged)
                .map(Submitted::id)
                .collect(Collectors.toSet());
    }
}
