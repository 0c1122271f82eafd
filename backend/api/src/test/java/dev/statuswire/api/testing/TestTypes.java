package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
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
                List.of(
                        new TestType(ORDER, ORDER_SCHEMA, "{\"dish\":\"soup\"}"),
                        new TestType(ANY, "{}", "{}")));
    }

    /** Returns a single type with the given schema. */
    public static RequestTypes withSchema(String name, String schema) {
        return RequestTypes.of(List.of(new TestType(name, schema, "{}")));
    }

    private record TestType(String name, String inputSchema, String example)
            implements RequestType {

        @Override
        public String title() {
            return "Test " + name;
        }

        @Override
        public String description() {
            return "For tests.";
        }

        @Override
        public Pace pace() {
            return Pace.QUICK;
        }

        @Override
        public List<Step> steps() {
            return List.of(new TestStep("first"), new TestStep("second"));
        }
    }

    private record TestStep(String name) implements Step {
        @Override
        public JsonNode run(StepContext context) {
            return NullNode.getInstance();
        }
    }
}
