package dev.statuswire.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.testing.Await;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * What a watch reported, in order: {@code changed} with a document, {@code removed} with an id,
 * {@code refused} with a problem, and {@code end}. Partial documents are left out, because not
 * every client reports them. Thread-safe.
 */
final class Watched {

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    void add(JsonNode event) {
        if (!event.path("changed").path("partial").asBoolean()) {
            events.add(event);
        }
    }

    /** Returns the documents of one request. */
    List<JsonNode> documents(String id) {
        return named("changed").filter(it -> it.get("id").asText().equals(id)).toList();
    }

    /** Returns the versions of one request. */
    List<Integer> versions(String id) {
        return documents(id).stream().map(it -> it.get("version").asInt()).toList();
    }

    /** Returns the removed ids. */
    List<String> removed() {
        return named("removed").map(JsonNode::asText).toList();
    }

    private Stream<JsonNode> named(String name) {
        return events.stream().filter(it -> it.has(name)).map(it -> it.get(name));
    }

    /** Waits until a version of a request was reported, and returns its document. */
    JsonNode await(String id, int version) {
        return Await.get(
                id + " version " + version,
                () ->
                        documents(id).stream()
                                .filter(it -> it.get("version").asInt() == version)
                                .reduce((one, last) -> last));
    }

    /** Waits until the watch has ended. */
    void awaitEnd() {
        Await.until("the end of the watch", () -> named("end").findAny().isPresent());
    }

    /** Waits until the server has refused the watch, and returns the status. */
    int awaitRefusal() {
        return Await.get(
                "a refusal",
                () -> named("refused").findFirst().map(it -> it.get("status").asInt()));
    }

    /** Waits until the removal of a request was reported. */
    void awaitRemoval(String id) {
        Await.get(
                "the removal of " + id,
                () -> removed().contains(id) ? Optional.of(id) : Optional.empty());
    }
}
