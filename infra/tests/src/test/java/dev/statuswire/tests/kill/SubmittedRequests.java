package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** All submitted requests, by id. Thread-safe. */
final class SubmittedRequests {

    private final Map<String, SubmittedRequest> requests = new ConcurrentSkipListMap<>();

    SubmittedRequest add(String id, String type, JsonNode input) {
        var submitted = new SubmittedRequest(id, type, input);
        requests.put(id, submitted);
        return submitted;
    }

    Optional<SubmittedRequest> find(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    Collection<SubmittedRequest> all() {
        return List.copyOf(requests.values());
    }

    /** Returns the ids of the requests that were acknowledged so far. */
    Set<String> acknowledged() {
        return requests.values().stream()
                .filter(SubmittedRequest::isAcknowledged)
                .map(SubmittedRequest::id)
                .collect(Collectors.toSet());
    }
}
