package dev.statuswire.api.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.Answers;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.Step;
import io.javalin.http.Context;

/** {@code GET /types}: what can be submitted. */
public final class ListTypes {

    private final JsonNode types;

    public ListTypes(RequestTypes types) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        types.all().forEach(type -> all.add(document(type)));
        this.types = all;
    }

    /** Handles the call. */
    public void handle(Context call) {
        Answers.json(call, 200, types);
    }

    private static ObjectNode document(RequestType type) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("name", type.name());
        document.put("title", type.title());
        document.put("description", type.description());
        document.set("schema", Json.parse(type.inputSchema()).orElseThrow());
        document.set("example", Json.parse(type.example()).orElseThrow());
        var steps = document.putArray("steps");
        type.steps().stream().map(Step::name).forEach(steps::add);
        return document;
    }
}
