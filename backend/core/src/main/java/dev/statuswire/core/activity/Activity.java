package dev.statuswire.core.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change to one user.
 *
 * @param username the changed user, in lower case
 * @param owner the only owner who may see the change, in addition to operators; null if every owner
 *     may
 * @param sequenceNumber the stream record's sequence number, up to 40 digits; orders the changes to
 *     one user and identifies a change that is delivered twice
 * @param event {@code INSERT}, {@code MODIFY} or {@code REMOVE}
 * @param at when the change was made
 * @param before the user before the change; null for an INSERT
 * @param after the user after the change; null for a REMOVE
 */
public record Activity(
        String username,
        @Nullable String owner,
        String sequenceNumber,
        String event,
        Instant at,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    /** Returns the change as JSON, as it is logged and shown: {@code {event, at, old, new}}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("event", event);
        json.put("at", at.toString());
        json.set("old", before);
        json.set("new", after);
        return json;
    }
}
