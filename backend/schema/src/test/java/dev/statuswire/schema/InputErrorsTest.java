package dev.statuswire.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The errors of inputs, in {@code inputs.json}. The page's tests read the same file ({@code
 * web/test/form/check.test.ts}): its form reports the same errors before it sends anything, or none
 * if the file says that the browser is silent.
 */
final class InputErrorsTest {

    private static final String TYPE = "checked-type";

    @TestFactory
    Stream<DynamicTest> errors_are_those_that_the_page_reports() throws IOException {
        return groups().map(
                        group ->
                                DynamicTest.dynamicTest(
                                        group.get("about").asText(), () -> check(group)));
    }

    private static void check(JsonNode group) {
        var schemas = new InputSchemas(TestType.withSchema(TYPE, Json.write(group.get("schema"))));
        for (JsonNode one : group.get("inputs")) {
            assertThat(schemas.errorsOf(TYPE, one.get("input"), "", 51))
                    .as(Json.write(one.get("input")))
                    .containsExactlyElementsOf(errors(one).toList());
        }
    }

    private static Stream<InputError> errors(JsonNode one) {
        return elements(one.get("errors"))
                .map(
                        error ->
                                new InputError(
                                        error.get("pointer").asText(),
                                        error.get("detail").asText()));
    }

    private static Stream<JsonNode> groups() throws IOException {
        try (InputStream inputs =
                Objects.requireNonNull(InputErrorsTest.class.getResourceAsStream("inputs.json"))) {
            return elements(Json.MAPPER.readTree(inputs));
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
