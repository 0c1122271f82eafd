package dev.statuswire.types.users;

import static dev.statuswire.types.testing.StepFailures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.types.testing.StepRuns;
import dev.statuswire.types.testing.UsersFixture;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UpdateProfileTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private final UsersFixture world = new UsersFixture(DYNAMO_DB.client());
    private final StepRuns<User> register = world.runs(new RegisterUser());
    private final StepRuns<UpdateProfile.Input> update = world.runs(new UpdateProfile());

    @BeforeEach
    void register_ada_and_bob() throws Exception {
        registerUser("Ada", "ada@example.com");
        registerUser("Bob", "bob@example.com");
    }

    @Test
    void output_contains_the_old_and_new_values() throws Exception {
        JsonNode output =
                update.runAll(
                        "update-1",
                        """
                        {"username": "ADA", "name": "Ada King", "email": "king@example.com"}
                        """);

        assertThat(output)
                .isEqualTo(
                        json(
                                """
                                {"username": "Ada", "changes": {
                                  "name": {"from": "Ada Name", "to": "Ada King"},
                                  "email": {"from": "ada@example.com", "to": "king@example.com"}}}
                                """));
        assertThat(stored("ada", "name")).isEqualTo("Ada King");
        assertThat(stored("ada", "email")).isEqualTo("king@example.com");
    }

    @Test
    void omitted_attribute_is_unchanged() throws Exception {
        update.runAll("update-1", "{\"username\":\"ada\",\"name\":\"Ada King\"}");

        assertThat(stored("ada", "name")).isEqualTo("Ada King");
        assertThat(stored("ada", "email")).isEqualTo("ada@example.com");
        assertThat(world.item("email#ada@example.com")).isNotEmpty();
    }

    @Test
    void output_has_no_changes_if_all_values_are_the_same() throws Exception {
        String same =
                """
                {"username": "ada", "name": "Ada Name", "email": "ada@example.com"}
                """;

        assertThat(update.runAll("update-1", same).get("changes")).isEqualTo(json("{}"));
        assertThat(update.runAll("update-2", "{\"username\":\"ada\"}").get("changes"))
                .isEqualTo(json("{}"));
    }

    @Test
    void user_of_another_owner_is_treated_as_missing() throws Exception {
        for (String step : List.of("check", "apply")) {
            var foreign =
                    update.context(
                            new RequestKey("eve", "update-1"),
                            step,
                            "{\"username\":\"ada\",\"name\":\"Eve\"}");

            assertThatThrownBy(() -> update.run(step, foreign))
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.code()).isEqualTo("no-such-user"));
        }
        assertThat(stored("ada", "name")).isEqualTo("Ada Name");
    }

    @Test
    void every_owner_may_change_the_first_user() throws Exception {
        String change = "{\"username\":\"demo\",\"name\":\"Changed\"}";

        update.run("apply", update.context(new RequestKey("eve", "update-2"), "apply", change));

        assertThat(stored("demo", "name")).isEqualTo("Changed");
    }

    @Test
    void unknown_user_is_refused_in_both_steps() {
        String unknown = "{\"username\":\"unknown\",\"name\":\"N\"}";

        assertFails("no-such-user", () -> update.run("update-1", "check", unknown));
        assertFails("no-such-user", () -> update.run("update-1", "apply", unknown));
    }

    @Test
    void both_steps_refuse_a_taken_email_in_any_case() {
        String taken = "{\"username\":\"ada\",\"name\":\"X\",\"email\":\"BOB@example.com\"}";

        assertFails("email-taken", () -> update.run("update-1", "check", taken));
        assertFails("email-taken", () -> update.run("update-1", "apply", taken));
        assertThat(stored("ada", "name")).isEqualTo("Ada Name");
        assertThat(stored("ada", "email")).isEqualTo("ada@example.com");
    }

    @Test
    void own_email_in_another_case_is_stored_and_stays_reserved() throws Exception {
        JsonNode output =
                update.runAll("update-1", "{\"username\":\"ada\",\"email\":\"ADA@Example.com\"}");

        assertThat(output.at("/changes/email/to").textValue()).isEqualTo("ADA@Example.com");
        assertThat(stored("ada", "email")).isEqualTo("ADA@Example.com");
        assertFails("email-taken", () -> registerUser("eve", "ada@example.com"));
    }

    @Test
    void apply_that_runs_again_returns_the_same_output_and_undoes_no_later_change()
            throws Exception {
        String married = "{\"username\":\"ada\",\"name\":\"Ada King\"}";
        JsonNode first = update.run("update-1", "apply", married);
        update.runAll("update-2", "{\"username\":\"ada\",\"name\":\"Countess\"}");

        assertThat(update.run("update-1", "apply", married)).isEqualTo(first);
        assertThat(stored("ada", "name")).isEqualTo("Countess");
    }

    @Test
    void refused_apply_succeeds_once_the_email_is_free() throws Exception {
        String wanted = "{\"username\":\"ada\",\"email\":\"bob@example.com\"}";
        assertFails("email-taken", () -> update.run("update-1", "apply", wanted));
        update.runAll("update-2", "{\"username\":\"bob\",\"email\":\"robert@example.com\"}");

        update.runAll("update-1", wanted);

        assertThat(stored("ada", "email")).isEqualTo("bob@example.com");
    }

    @Test
    void old_email_becomes_free_and_the_new_one_is_reserved() throws Exception {
        update.runAll("update-1", "{\"username\":\"ada\",\"email\":\"king@example.com\"}");

        registerUser("eve", "ada@example.com");

        assertThat(stored("eve", "email")).isEqualTo("ada@example.com");
        assertFails("email-taken", () -> registerUser("mal", "king@example.com"));
    }

    private void registerUser(String username, String email) throws Exception {
        register.runAll(
                "register-" + username,
                "{\"username\":\"%s\",\"name\":\"%s Name\",\"email\":\"%s\"}"
                        .formatted(username, username, email));
    }

    private String stored(String username, String attribute) {
        return Objects.requireNonNull(world.item("user#" + username).get(attribute)).s();
    }

    private static JsonNode json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
