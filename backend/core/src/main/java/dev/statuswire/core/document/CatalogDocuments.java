package dev.statuswire.core.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.Step;

/**
 * Creates the documents that are the same for every caller. The API serves them; on AWS, a bucket
 * does.
 */
public final class CatalogDocuments {

    private CatalogDocuments() {}

    /** Returns the document of {@code GET /types}: the offered types. */
    public static JsonNode types(RequestTypes types) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        types.offered().forEach(type -> all.add(document(type)));
        return all;
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

    /** Returns the document of {@code GET /identity} for a server without login. */
    public static JsonNode noIdentity() {
        return Json.MAPPER.createObjectNode().putNull("issuer");
    }

    /**
     * Returns the document of {@code GET /identity}: the issuer and the client with which a page
     * logs in.
     *
     * @param issuer exactly as in the issuer's tokens
     */
    public static JsonNode identity(String issuer, String clientId, String scope) {
        return Json.MAPPER
                .createObjectNode()
                .put("issuer", issuer)
                .put("clientId", clientId)
                .put("scope", scope);
    }
}
