package dev.statuswire.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class InputSchemasTest {

    @Test
    void the_example_of_every_type_that_ships_is_accepted() {
        RequestTypes types = RequestTypes.load();
        var schemas = new InputSchemas(types);
        for (RequestType type : types.all()) {
            var example = Json.parse(type.example()).orElseThrow();
            assertThat(schemas.errorsOf(type.name(), example, "")).as(type.name()).isEmpty();
        }
    }

    @Test
    void a_schema_that_is_broken_is_found_at_the_start() {
        for (String schema :
                new String[] {
                    "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
                    "{\"maximum\":\"x\"}",
                    "{\"$ref\":\"#/definitions/nowhere\"}",
                    "[]"
                }) {
            assertThatIllegalStateException()
                    .as(schema)
                    .isThrownBy(() -> new InputSchemas(TestTypes.withSchema("broken-type", schema)))
                    .withMessageContaining("broken-type");
        }
    }

    @Test
    void a_schema_fetches_nothing() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                new InputSchemas(
                                        TestTypes.withSchema(
                                                "curious-type",
                                                "{\"$ref\":\"http://127.0.0.1:1/schema\"}")));
    }

    @Test
    void errors_are_told_in_english_without_the_place_which_the_pointer_gives() {
        Locale standard = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var errors =
                    new InputSchemas(TestTypes.all())
                            .errorsOf(
                                    TestTypes.ORDER,
                                    Json.parse("{\"dish\":\"a: b\"}").orElseThrow(),
                                    "/input");
            assertThat(errors).hasSize(1);
            assertThat(errors.getFirst().detail())
                    .isEqualTo("does not have a value in the enumeration [\"soup\", \"pasta\"]");
        } finally {
            Locale.setDefault(standard);
        }
    }
}
