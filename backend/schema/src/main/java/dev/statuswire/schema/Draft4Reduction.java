package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a schema of draft 7, as the generator creates it, to draft 4, the version that the models
 * of API Gateway support.
 */
final class Draft4Reduction {

    private static final String DRAFT_4 = "http://json-schema.org/draft-04/schema#";

    private static final Set<String> KEYWORDS =
            Set.of(
                    "$ref",
                    "type",
                    "title",
                    "description",
                    "default",
                    "enum",
                    "properties",
                    "required",
                    "additionalProperties",
                    "minProperties",
                    "maxProperties",
                    "items",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "format",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "anyOf",
                    "oneOf",
                    "allOf",
                    "not",
                    "definitions");

    /** The keywords whose members are schemas by name. */
    private static final Set<String> NAMED = Set.of("properties", "definitions");

    private Draft4Reduction() {}

    /**
     * Returns the same schema in draft 4.
     *
     * @throws InvalidSchemaException if the schema has a keyword that draft 4 does not have
     */
    static ObjectNode of(ObjectNode schema) {
        schema.remove("$schema");
        reduce(schema, "");
        ObjectNode reduced = schema.objectNode().put("$schema", DRAFT_4);
        reduced.setAll(schema);
        return (ObjectNode) Json.parse(Json.write(reduced)).orElseThrow();
    }

    private static void reduce(JsonNode node, String place) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        if (schema.has("const")) {
            schema.putArray("enum").add(schema.remove("const"));
        }
        merge(schema);
        withoutNull(schema);
        exclusive(schema, "minimum", "exclusiveMinimum", 1);
        exclusive(schema, "maximum", "exclusiveMaximum", -1);
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            if (!KEYWORDS.contains(keyword)) {
                throw new InvalidSchemaException(
                        place, "the keyword " + keyword + " cannot be expressed in draft 4");
            }
            reduceMember(member.getValue(), keyword, place + "/" + keyword);
        }
    }

    private static void reduceMember(JsonNode value, String keyword, String place) {
        if (NAMED.contains(keyword)) {
            value.properties().forEach(it -> reduce(it.getValue(), place + "/" + it.getKey()));
        } else if (value instanceof ArrayNode schemas && keyword.endsWith("Of")) {
            schemas.forEach(it -> reduce(it, place));
        } else if (!keyword.equals("default") && !keyword.equals("enum")) {
            reduce(value, place);
        }
    }

    /**
     * Merges parts that must all match, if no keyword has two different values. The description of
     * a component replaces that of its type.
     */
    private static void merge(ObjectNode schema) {
        if (schema.size() != 1 || !(schema.get("allOf") instanceof ArrayNode parts)) {
            return;
        }
        ObjectNode merged = schema.objectNode();
        for (JsonNode part : parts) {
            for (Map.Entry<String, JsonNode> member : part.properties()) {
                JsonNode before = merged.replace(member.getKey(), member.getValue());
                boolean isChanged = before != null && !before.equals(member.getValue());
                if (isChanged && !member.getKey().equals("description")) {
                    return;
                }
            }
        }
        schema.removeAll();
        schema.setAll(merged);
    }

    /** A component that may be left out is not sent as null. */
    private static void withoutNull(ObjectNode schema) {
        if (schema.get("type") instanceof ArrayNode types) {
            List<JsonNode> others = new ArrayList<>();
            types.forEach(others::add);
            others.removeIf(type -> type.asText().equals("null"));
            if (others.size() == 1) {
                schema.set("type", others.get(0));
            }
        }
        if (schema.get("anyOf") instanceof ArrayNode parts) {
            List<JsonNode> others = new ArrayList<>();
            parts.forEach(others::add);
            others.removeIf(part -> part.path("type").asText().equals("null"));
            if (others.size() == 1) {
                schema.remove(List.of("anyOf", "additionalProperties"));
                ObjectNode other = others.get(0).deepCopy();
                other.setAll(schema);
                schema.removeAll();
                schema.setAll(other);
            }
        }
    }

    /**
     * In draft 4, an exclusive bound is a bound with a flag.
     *
     * @param direction 1 if a higher bound is stricter, -1 if a lower one is
     */
    private static void exclusive(
            ObjectNode schema, String bound, String exclusive, int direction) {
        BigDecimal excluded = decimal(schema.remove(exclusive));
        BigDecimal included = decimal(schema.get(bound));
        boolean isStricter =
                excluded != null
                        && (included == null || excluded.compareTo(included) * direction >= 0);
        if (isStricter) {
            schema.put(bound, excluded).put(exclusive, true);
        }
    }

    private static @Nullable BigDecimal decimal(@Nullable JsonNode number) {
        return number == null ? null : number.decimalValue();
    }
}
