package dev.statuswire.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.Pace;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.types.testing.UsersFixture;
import dev.statuswire.types.users.RegisterUser;
import dev.statuswire.types.users.UpdateProfile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShippedTypesTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private static Stream<Definition<?>> types() {
        return RequestTypes.load().all().stream();
    }

    static Stream<RequestType<?>> quickTypes() {
        return Stream.of(new RegisterUser(), new UpdateProfile());
    }

    @Test
    void shipped_types_and_their_steps_are_found_on_the_class_path() {
        RequestTypes types = RequestTypes.load();

        assertThat(types.all())
                .extracting(Definition::name)
                .containsExactly(
                        "book-trip",
                        "expense-claim",
                        "place-order",
                        "register-user",
                        "reminder",
                        "update-profile");
        assertThat(types.stepsOf("book-trip")).containsExactly("flight", "hotel", "car");
        assertThat(types.stepsOf("expense-claim")).containsExactly("check", "approve", "pay");
        assertThat(types.stepsOf("reminder")).containsExactly("wait", "remind");
        assertThat(types.stepsOf("place-order")).containsExactly("check-menu", "cook", "serve");
        assertThat(types.stepsOf("register-user")).containsExactly("check", "create");
        assertThat(types.stepsOf("update-profile")).containsExactly("check", "apply");
    }

    @Test
    void only_the_restaurant_is_slow() {
        assertThat(types().filter(type -> type.pace() == Pace.SLOW))
                .extracting(Definition::name)
                .containsExactly("place-order");
    }

    @ParameterizedTest
    @MethodSource("quickTypes")
    void example_succeeds_on_a_new_database(RequestType<?> type) throws Exception {
        var world = new UsersFixture(DYNAMO_DB.client());
        String example = JsonConversion.write(type.define().example()).toString();

        assertThat(world.runs(type).runAll("example-1", example)).isNotEmpty();
    }
}
