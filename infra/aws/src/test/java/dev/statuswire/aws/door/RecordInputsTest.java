package dev.statuswire.aws.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import dev.statuswire.aws.door.gateway.GatewaySetup;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Submits the inputs for records in {@code inputs.json} at both front doors. The tests of the page
 * and of the API's validator read the same file, and {@code InputRecordsTest} in {@code
 * backend/schema} checks that it covers everything that a record can express.
 */
final class RecordInputsTest {

    private static final Path FILE =
            Path.of("../../backend/schema/src/test/resources/dev/statuswire/schema/inputs.json");

    private static final List<Group> GROUPS = groups();

    private static final GatewaySetup SETUP =
            GatewaySetup.of(
                    "record-inputs",
                    RequestTypes.of(GROUPS.stream().map(Group::definition).toList()));

    /** The inputs for one record. */
    record Group(String type, JsonNode schema, List<JsonNode> cases) {

        Definition<JsonNode> definition() {
            return TestType.builder(type, Json.write(schema))
                    .example(cases.getFirst().path("input"))
                    .step("one", JsonNode.class, StepContext::input)
                    .build();
        }

        /** Shows which group a test is about. */
        @Override
        public String toString() {
            return type;
        }
    }

    static List<Group> groups() {
        try {
            return Json.parse(Files.readString(FILE))
                    .orElseThrow()
                    .valueStream()
                    .filter(it -> it.has("record"))
                    .map(
                            it ->
                                    new Group(
                                            it.path("record").asText().toLowerCase(Locale.ROOT),
                                            it.path("schema"),
                                            it.path("inputs").valueStream().toList()))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void both_doors_accept_and_refuse_the_inputs_that_the_page_does(Group group) {
        try (var door = GatewayDoor.of(SETUP)) {
            for (JsonNode one : group.cases()) {
                String id = ApiClient.newId();
                ObjectNode body = Json.MAPPER.createObjectNode().put("type", group.type());
                body.set("input", one.path("input"));
                String text = Json.write(body);
                Answer api = door.behind().as("ada").putJson("/requests/" + id, text);
                Answer gateway = door.client().as("bob").putJson("/requests/" + id, text);
                if (one.path("errors").isEmpty()) {
                    assertThat(api.status()).as(text).isEqualTo(202);
                    assertThat(gateway.status()).as(text).isEqualTo(202);
                } else {
                    assertThat(api.status()).as(text).isEqualTo(422);
                    assertThat(api.json().path("errors")).as(text).isEqualTo(errors(one));
                    assertThat(gateway.status()).as(text).isEqualTo(422);
                    assertThat(gateway.json()).isEqualTo(problem(gateway));
                }
            }
        }
    }

    /** Returns the errors with pointers into the body. */
    private static JsonNode errors(JsonNode one) {
        JsonNode errors = one.path("errors").deepCopy();
        for (JsonNode error : errors) {
            ((ObjectNode) error).put("pointer", "/input" + error.path("pointer").asText());
        }
        return errors;
    }

    private static JsonNode problem(Answer answer) {
        String path = answer.json().path("instance").asText();
        return Json.parse(GatewayProblem.INVALID_INPUT.document(path)).orElseThrow();
    }
}
