package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.schema.regex.ValidationBudget;
import java.util.Map;

/**
 * Checks the defaults of a derived schema. Nothing validates a default when a request is submitted,
 * so a wrong one would reach the steps.
 */
final class ComponentDefaults {

    private static final long BUDGET = 1_000_000;

    /** The parts of a schema that contain schemas by name. */
    private static final String[] NAMED = {"properties", "definitions"};

    /** The parts of a schema that are schemas. */
    private static final String[] SINGLE = {"items", "additionalProperties"};

    private final JsonNode definitions;

    private ComponentDefaults(JsonNode definitions) {
        this.definitions = definitions;
    }

    /**
     * Checks that each default matches the schema of its component.
     *
     * @throws InvalidSchemaException if one does not
     */
    static void check(JsonNode schema) {
        new ComponentDefaults(schema.path("definitions")).check(schema, "");
    }

    private void check(JsonNode schema, String place) {
        if (schema.has("default") && schema instanceof ObjectNode component) {
            checkDefault(component, place);
        }
        for (String part : NAMED) {
            for (Map.Entry<String, JsonNode> named : schema.path(part).properties()) {
                check(named.getValue(), place + "/" + part + "/" + named.getKey());
            }
        }
        for (String part : SINGLE) {
            if (schema.has(part)) {
                check(schema.get(part), place + "/" + part);
            }
        }
    }

    /** Checks the default as the only component of an input, so that the error has its name. */
    private void checkDefault(ObjectNode component, String place) {
        String name = place.substring(place.lastIndexOf('/') + 1);
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.putObject("properties").set(name, component);
        if (definitions.isObject()) {
            schema.set("definitions", definitions);
        }
        ObjectNode input = Json.MAPPER.createObjectNode();
        input.set(name, component.get("default"));
        Schema.of(schema)
                .errorsOf(input, "", new ValidationBudget(BUDGET), 1)
                .forEach(
                        error -> {
                            throw new InvalidSchemaException(place + "/default", error.detail());
                        });
    }
}
