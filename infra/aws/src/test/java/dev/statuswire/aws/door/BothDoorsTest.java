package dev.statuswire.aws.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import dev.statuswire.aws.door.gateway.GatewaySetup;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the responses of the front door on AWS with those of the API, over one table. */
final class BothDoorsTest {

    private static final int INPUTS = Scale.of(50, 15_000);

    /**
     * Returns a different seed each time; {@code -Dstatuswire.doors.seed} repeats the inputs of a
     * seed.
     */
    static LongStream seeds() {
        return LongStream.of(
                Long.getLong("statuswire.doors.seed", new Random().nextInt(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void both_doors_respond_alike_to_any_input(long seed) {
        var inputs = new AnyInput(new Random(seed));
        try (var door = GatewayDoor.open()) {
            for (int i = 0; i < INPUTS; i++) {
                assertSame(door, inputs.submission());
            }
        }
    }

    @Test
    void both_doors_respond_alike_to_the_example_of_each_shipped_type() {
        RequestTypes shipped = RequestTypes.load();
        try (var door = GatewayDoor.of(GatewaySetup.shipped(OwnerExpression.COGNITO))) {
            for (Definition<?> type : shipped.all()) {
                ObjectNode body = Json.MAPPER.createObjectNode().put("type", type.name());
                body.set("input", JsonConversion.write(type.example()));
                assertThat(assertSame(door, Json.write(body))).isEqualTo(202);
            }
        }
    }

    @Test
    void steps_may_have_any_name() {
        try (var door = GatewayDoor.open()) {
            assertThat(
                            assertSame(
                                    door,
                                    "{\"type\":\"%s\",\"input\":1}"
                                            .formatted(GatewaySetup.ODD_TYPE)))
                    .isEqualTo(202);
        }
    }

    /**
     * Submits the body at both doors, each as a different user, and reads both requests at both
     * doors.
     */
    private static int assertSame(GatewayDoor door, String body) {
        String id = ApiClient.newId();
        // New users, because the API limits the unfinished requests of each.
        String ada = "ada" + id;
        String bob = "bob" + id;
        Answer here = door.client().as(ada).putJson("/requests/" + id, body);
        Answer there = door.behind().as(bob).putJson("/requests/" + id, body);
        assertThat(here.status()).as(body + here.body()).isEqualTo(there.status());
        if (here.status() == 202) {
            assertThat(comparable(here)).as(body).isEqualTo(comparable(there));
            assertThat(here.header("Retry-After")).as(body).isEqualTo(there.header("Retry-After"));
            for (String owner : List.of(ada, bob)) {
                Answer read = door.client().as(owner).get("/status/" + id);
                assertThat(Json.write(read.json()))
                        .isEqualTo(door.behind().as(owner).get("/status/" + id).body());
            }
            assertThat(door.client().as(bob).putJson("/requests/" + id, body).status())
                    .isEqualTo(200);
            assertThat(door.behind().as(ada).putJson("/requests/" + id, body).status())
                    .isEqualTo(200);
        }
        return here.status();
    }

    private static JsonNode comparable(Answer answer) {
        ObjectNode document = answer.json().deepCopy();
        ((ObjectNode) document.at("/history/0")).put("at", "");
        ((ObjectNode) document.path("waiting")).put("since", "");
        return document.put("life", "").put("createdAt", "").put("updatedAt", "");
    }
}
