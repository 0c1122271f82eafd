package dev.statuswire.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.types.testing.UsersFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShippedTypesTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    static Stream<RequestType> types() {
        return RequestTypes.load().all().stream();
    }

    static Stream<RequestType> quickTypes() {
        return types().filter(type -> type.pace() == Pace.QUICK);
    }

    @Test
    void shipped_types_and_their_steps_are_found_on_the_class_path() {
        RequestTypes types = RequestTypes.load();

        assertThat(types.all())
                .extracting(RequestType::name)
                .containsExactly("place-order", "register-user", "update-profile");
        assertThat(types.stepsOf("place-order")).containsExactly("check-menu", "cook", "serve");
        assertThat(types.stepsOf("register-user")).containsExactly("check", "create");
        assertThat(types.stepsOf("update-profile")).containsExactly("check", "apply");
    }

    @Test
    void only_the_restaurant_is_slow() {
        assertThat(types().filter(type -> type.pace() == Pace.SLOW))
                .extracting(RequestType::name)
                .containsExactly("place-order");
    }

    @ParameterizedTest
    @MethodSource("types")
    void schema_is_a_closed_object_of_draft_4(RequestType type) {
        JsonNode schema = json(type.inputSchema());

        assertThat(schema.get("$schema").textValue())
                .isEqualTo("http://json-schema.org/draft-04/schema#");
        assertThat(schema.get("type").textValue()).isEqualTo("object");
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
        assertThat(names(schema.get("properties"))).containsAll(texts(schema.get("required")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void example_has_all_required_members_and_no_unknown_ones(RequestType type) {
        JsonNode schema = json(type.inputSchema());

        assertThat(names(json(type.example())))
                .containsAll(texts(schema.get("required")))
                .isSubsetOf(names(schema.get("properties")));
    }

    @ParameterizedTest
    @MethodSource("quickTypes")
    void example_succeeds_on_a_new_database(RequestType type) throws Exception {
        var world = new UsersFixture(DYNAMO_DB.client());

        assertThat(world.runs(type).runAll("example-1", type.example())).isNotEmpty();
    }

    private static JsonNode json(String text) {
        return Json.parse(text).orElseThrow();
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
