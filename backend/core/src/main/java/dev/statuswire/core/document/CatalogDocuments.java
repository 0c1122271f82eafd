package dev.statuswire.core.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import java.util.Map;
import java.util.function.Function;

/**
 * Creates the documents that are the same for every caller. The API serves them; on AWS, a bucket
 * does.
 */
public final class CatalogDocuments {

    private CatalogDocuments() {}

    /**
     * Returns the document of {@code GET /types}: the offered types.
     *
     * @param schemas returns the JSON Schema of a type's input
     * @param answers returns the JSON Schemas of the answers to a type's steps, by step
     */
    public static JsonNode types(
            RequestTypes types,
            Function<String, JsonNode> schemas,
            Function<String, Map<String, JsonNode>> answers) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        types.offered()
                .forEach(
                        type ->
                                all.add(
                                        document(
                                                type,
                                                schemas.apply(type.name()),
                                                answers.apply(type.name()))));
        return all;
    }

    private static ObjectNode document(
            Definition<?> type, JsonNode schema, Map<String, JsonNode> answers) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("name", type.name());
        document.put("title", type.title());
        document.put("description", type.description());
        document.set("schema", schema);
        document.set("example", JsonConversion.write(type.example()));
        var steps = document.putArray("steps");
        type.stepNames().forEach(steps::add);
        document.putObject("answers").setAll(answers);
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
