package dev.statuswire.processor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.DueRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The message of a timer: {@code {"due":[{"owner":…,"id":…,"dueAt":…}]}}. */
final class TimerMessage {

    private static final String DUE = "due";
    private static final String DUE_AT = "dueAt";

    private TimerMessage() {}

    static String of(Collection<DueRequest> due) {
        var message = Json.MAPPER.createObjectNode();
        var all = message.putArray(DUE);
        due.forEach(
                one ->
                        all.addObject()
                                .put(Worker.OWNER, one.key().owner())
                                .put(Worker.ID, one.key().id())
                                .put(DUE_AT, one.dueAt().toEpochMilli()));
        return Json.write(message);
    }

    /** Reads the requests that a message lists; empty if it is not a timer message. */
    static Optional<List<DueRequest>> read(String body) {
        return Json.parse(body)
                .map(message -> message.path(DUE))
                .filter(JsonNode::isArray)
                .map(
                        all ->
                                StreamSupport.stream(all.spliterator(), false)
                                        .map(TimerMessage::read)
                                        .toList());
    }

    private static DueRequest read(JsonNode one) {
        return new DueRequest(
                new RequestKey(one.path(Worker.OWNER).asText(), one.path(Worker.ID).asText()),
                Instant.ofEpochMilli(one.path(DUE_AT).asLong()));
    }
}
