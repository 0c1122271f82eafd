package dev.statuswire.core.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one user.
 *
 * @param username whose, in lower case
 * @param owner who may see it besides operators; null for everybody
 * @param sequenceNumber the stream record's, up to 40 digits: orders the changes of one user, and
 *     tells a change that comes twice
 * @param event {@code INSERT}, {@code MODIFY} or {@code REMOVE}
 * @param at when
 * @param before the user before it; null for an INSERT
 * @param after the user after it; null for a REMOVE
 */
public record Activity(
        String username,
        @Nullable String owner,
        String sequenceNumber,
        String event,
        Instant at,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    /** As it is logged and shown: {@code {event, at, old, new}}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("event", event);
        json.put("at", at.toString());
        json.set("old", before);
        json.set("new", after);
        return json;
    }
}
