package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import java.util.List;

/** Request types whose steps do nothing. */
public final class TestTypes {

    /** A type whose schema uses many different keywords. */
    public static final String ORDER = "test-order";

    /** A type that accepts any input. */
    public static final String ANY = "test-any";

    private static final String ORDER_SCHEMA =
            """
            {
              "$schema": "http://json-schema.org/draft-04/schema#",
              "type": "object",
              "additionalProperties": false,
              "required": ["dish"],
              "properties": {
                "dish": {"enum": ["soup", "pasta"]},
                "quantity": {"type": "integer", "minimum": 1, "maximum": 20},
                "price": {"type": "number", "multipleOf": 0.01},
                "email": {"type": "string", "format": "email"},
                "site": {"type": "string", "format": "uri"},
                "code": {"type": "string", "pattern": "^(a+)+$"},
                "words": {"type": "string", "pattern": "^(a|b)*$"},
                "tags": {"type": "array", "uniqueItems": true, "items": {"type": "string"}}
              }
            }
            """;

    private TestTypes() {}

    /** Returns all test types. */
    public static RequestTypes all() {
        return RequestTypes.of(
                List.of(type(ORDER, ORDER_SCHEMA, "{\"dish\":\"soup\"}"), type(ANY, "{}", "{}")));
    }

    /** Returns a single type with the given schema, which must match an empty object. */
    public static RequestTypes withSchema(String name, String schema) {
        return RequestTypes.of(List.of(type(name, schema, "{}")));
    }

    private static Definition<JsonNode> type(String name, String schema, String example) {
        return TestType.builder(name, schema)
                .title("Test " + name)
                .description("For tests.")
                .example(Json.parse(example).orElseThrow())
                .step("first", JsonNode.class, _ -> NullNode.getInstance())
                .step("second", JsonNode.class, _ -> NullNode.getInstance())
                .build();
    }
}
