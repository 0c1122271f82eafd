package dev.statuswire.tests.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.tests.RuntimeExtension;
import java.util.List;
import java.util.Map;

/** Request types that exercise the page's form. Their only step returns the input. */
public abstract class FormTypes implements RequestType<JsonNode> {

    /** A text that would load an image or run a script if the page did not treat it as text. */
    static final String HOSTILE = "<img src=x onerror=\"window.hurt=1\">\"><script>hurt=1</script>";

    /** A word that is longer than any line. */
    static final String LONG_WORD = "x".repeat(10_000);

    /** {@code Hello} in Hebrew, which is read from right to left. */
    static final String FROM_RIGHT = "\u05e9\u05dc\u05d5\u05dd";

    /** Starts a runtime that also has these types, with these environment variables. */
    static RuntimeExtension running(Map<String, String> environment) {
        return RuntimeExtension.withTypes(
                environment, List.of(EveryField.class, HostileWords.class, Moment.class));
    }

    /** A type with a field of each kind. */
    public static final class EveryField extends FormTypes {

        private static final String SCHEMA =
                """
            {
              "$schema": "http://json-schema.org/draft-04/schema#",
              "type": "object",
              "required": ["name", "size", "toppings"],
              "additionalProperties": false,
              "properties": {
                "name": {"type": "string", "title": "Name of the guest", "minLength": 3,
                  "maxLength": 40, "description": "Who it is for."},
                "slug": {"type": "string", "pattern": "^[a-z]{2,20}$", "default": "guest"},
                "note": {"type": "string", "maxLength": 2000},
                "email": {"type": "string", "format": "email"},
                "site": {"type": "string", "format": "uri"},
                "day": {"type": "string", "format": "date"},
                "at": {"type": "string", "format": "date-time"},
                "size": {"type": "string", "enum": ["small", "large"]},
                "guests": {"type": "integer", "minimum": 1, "maximum": 20},
                "price": {"type": "number", "minimum": 0, "exclusiveMinimum": true,
                  "multipleOf": 0.01},
                "window": {"type": "boolean", "description": "A table at the window."},
                "delivery": {"type": "object", "required": ["street"], "properties": {
                  "street": {"type": "string"},
                  "floor": {"type": "integer"}}},
                "toppings": {"type": "array", "minItems": 1, "maxItems": 4, "uniqueItems": true,
                  "items": {"type": "string", "minLength": 2}},
                "scores": {"type": "array", "items": {"type": "number", "maximum": 5}},
                "other": {"type": "object"}
              }
            }
            """;

        static final String NAME = "try-every-field";

        @Override
        public Definition<JsonNode> define() {
            return type(
                            NAME,
                            SCHEMA,
                            "{\"name\":\"Ada Lovelace\",\"size\":\"small\",\"toppings\":[\"basil\"]}")
                    .title("Every kind of field")
                    .description("One of each.")
                    .build();
        }
    }

    /** A type with hostile texts throughout its schema. */
    public static final class HostileWords extends FormTypes {

        private static final String SCHEMA =
                """
            {
              "type": "object",
              "properties": {
                %1$s: {"type": "string", "title": %1$s, "description": %1$s, "default": %1$s},
                "long": {"type": "string", "title": %2$s, "description": %2$s},
                "right": {"type": "string", "title": %3$s, "description": %3$s},
                "choice": {"enum": [%1$s, %2$s, %3$s, "javascript:hurt=1"]},
                "list": {"type": "array", "title": %1$s, "items": {"type": "string"}},
                "longs": {"type": "array", "title": %2$s, "items": {"type": "string"}},
                "group": {"type": "object", "title": %2$s, "properties": {
                  %1$s: {"type": "boolean", "title": %2$s}}},
                "__proto__": {"type": "string"},
                "constructor": {"type": "string", "pattern": "^[a-z]+$"},
                "two words": {"type": "string", "minLength": 2}
              }
            }
            """
                        .formatted(quoted(HOSTILE), quoted(LONG_WORD), quoted(FROM_RIGHT));

        static final String NAME = "try-hostile-words";

        @Override
        public Definition<JsonNode> define() {
            return type(NAME, SCHEMA, "{\"list\":[%s]}".formatted(quoted(HOSTILE)))
                    .title(HOSTILE)
                    .description(HOSTILE + " " + FROM_RIGHT + " " + LONG_WORD)
                    .build();
        }

        private static String quoted(String text) {
            return "\"" + text.replace("\"", "\\\"") + "\"";
        }
    }

    /** A type with a point in time. */
    public static final class Moment extends FormTypes {

        private static final String SCHEMA =
                """
            {
              "type": "object",
              "properties": {
                "when": {"type": "string", "format": "date-time"}
              }
            }
            """;

        static final String NAME = "try-moment";

        @Override
        public Definition<JsonNode> define() {
            return type(NAME, SCHEMA, "{}").title("Moment").description("").build();
        }
    }

    /** Starts a type whose only step returns the input. */
    static Definition.Builder<JsonNode> type(String name, String schema, String example) {
        return Definition.of(name, JsonNode.class)
                .schema(schema)
                .example(Json.parse(example).orElseThrow())
                .step("take", JsonNode.class, StepContext::input);
    }
}
