package dev.statuswire.aws.door;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.sdk.InvalidTypeException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what API Gateway would reject, or would understand differently, in the schema of a type's
 * input. The API itself accepts more: it ignores keywords that it does not know, and its patterns
 * are those of a newer ECMAScript. The schema is valid draft 4 otherwise.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html">Data
 *     models for REST APIs</a>
 */
final class GatewaySchemaRules {

    /** The keywords of draft 4. API Gateway reports all others as unsupported. */
    private static final Set<String> KEYWORDS =
            Set.of(
                    "$schema",
                    "$ref",
                    "id",
                    "title",
                    "description",
                    "default",
                    "definitions",
                    "multipleOf",
                    "maximum",
                    "exclusiveMaximum",
                    "minimum",
                    "exclusiveMinimum",
                    "maxLength",
                    "minLength",
                    "pattern",
                    "additionalItems",
                    "items",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                    "maxProperties",
                    "minProperties",
                    "required",
                    "additionalProperties",
                    "properties",
                    "patternProperties",
                    "dependencies",
                    "enum",
                    "type",
                    "format",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "not");

    /** The keywords whose value is a schema, or a list of schemas. */
    private static final List<String> SCHEMAS =
            List.of("additionalItems", "additionalProperties", "items", "not");

    /** The keywords whose schemas apply to the same value, and whose value is a list of schemas. */
    private static final List<String> COMBINATIONS = List.of("allOf", "anyOf", "oneOf");

    /** The keywords whose value has schemas as members. */
    private static final List<String> MEMBERS =
            List.of("definitions", "dependencies", "patternProperties", "properties");

    /** What ECMAScript 5 does not know: lookbehind, named groups, and escapes with braces. */
    private static final Pattern NEWER_PATTERN = Pattern.compile("\\(\\?<|\\\\[pPu]\\{|\\\\k<");

    private final String type;
    private final JsonNode root;
    private final Set<String> withoutLoop = new HashSet<>();

    private GatewaySchemaRules(String type, JsonNode root) {
        this.type = type;
        this.root = root;
    }

    /**
     * Checks the schema of a type.
     *
     * @throws InvalidTypeException if API Gateway would reject it
     */
    static void check(String type, JsonNode schema) {
        new GatewaySchemaRules(type, schema).check(schema, "");
    }

    private void check(JsonNode schema, String place) {
        if (!schema.isObject()) {
            return; // Such as additionalProperties: false.
        }
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            require(
                    KEYWORDS.contains(keyword.getKey()),
                    place,
                    "the keyword " + keyword.getKey() + " is not in draft 4");
        }
        require(
                !schema.has("id"),
                place,
                "id changes the meaning of references, because all types share one model");
        String reference = schema.path("$ref").asText("#");
        require(
                reference.equals("#") || reference.startsWith("#/"),
                place,
                "$ref must point into the same schema, and start with #/, not " + reference);
        checkPattern(schema.path("pattern").asText(), place);
        schema.path("patternProperties")
                .fieldNames()
                .forEachRemaining(it -> checkPattern(it, place));
        requireNoLoop(place, new HashSet<>());
        checkParts(schema, place);
    }

    private void checkPattern(String pattern, String place) {
        require(
                !NEWER_PATTERN.matcher(pattern).find(),
                place,
                "the pattern " + pattern + " is not one of ECMAScript 5");
    }

    private void checkParts(JsonNode schema, String place) {
        for (String keyword : SCHEMAS) {
            JsonNode part = schema.path(keyword);
            if (part.isArray()) {
                checkEach(part, place + "/" + keyword);
            } else {
                check(part, place + "/" + keyword);
            }
        }
        for (String keyword : COMBINATIONS) {
            checkEach(schema.path(keyword), place + "/" + keyword);
        }
        for (String keyword : MEMBERS) {
            schema.path(keyword)
                    .properties()
                    .forEach(it -> check(it.getValue(), inside(place, keyword, it.getKey())));
        }
    }

    private void checkEach(JsonNode schemas, String place) {
        for (int index = 0; index < schemas.size(); index++) {
            check(schemas.get(index), place + "/" + index);
        }
    }

    /** Refuses a schema that applies itself to the same value again, which would never end. */
    private void requireNoLoop(String place, Set<String> applied) {
        if (withoutLoop.contains(place)) {
            return;
        }
        require(applied.add(place), place, "the schema refers to itself for the same value");
        JsonNode schema = root.at(place);
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual() && reference.textValue().startsWith("#")) {
            requireNoLoop(target(reference.textValue()), applied);
        } else {
            for (String keyword : COMBINATIONS) {
                for (int index = 0; index < schema.path(keyword).size(); index++) {
                    requireNoLoop(place + "/" + keyword + "/" + index, applied);
                }
            }
            if (schema.has("not")) {
                requireNoLoop(place + "/not", applied);
            }
            schema.path("dependencies")
                    .fieldNames()
                    .forEachRemaining(
                            it -> requireNoLoop(inside(place, "dependencies", it), applied));
        }
        applied.remove(place);
        withoutLoop.add(place);
    }

    private static String target(String reference) {
        String plus = reference.substring(1).replace("+", "%2B");
        return URLDecoder.decode(plus, StandardCharsets.UTF_8);
    }

    private static String inside(String place, String keyword, String member) {
        return JsonPointer.compile(place + "/" + keyword).appendProperty(member).toString();
    }

    private void require(boolean rule, String place, String otherwise) {
        if (!rule) {
            throw new InvalidTypeException(
                    type,
                    "API Gateway would reject its schema"
                            + (place.isEmpty() ? "" : " at " + place)
                            + ": "
                            + otherwise);
        }
    }
}
