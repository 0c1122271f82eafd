package dev.statuswire.types.users;

import static dev.statuswire.types.testing.StepFailures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.types.testing.StepRuns;
import dev.statuswire.types.testing.UsersFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RegisterUserTest {

    private static final int CROWD = 30;
    private static final String ADA = input("Ada", "ada@example.com");

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private final UsersFixture world = new UsersFixture(DYNAMO_DB.client());
    private final StepRuns<User> register = world.runs(new RegisterUser());

    @Test
    void user_is_registered_as_given() throws Exception {
        String given = input("Ada", "Ada@Example.com");

        JsonNode user = register.runAll("request-1", given);

        assertThat(user).isEqualTo(Json.parse(given).orElseThrow());
        assertThat(world.item("user#ada"))
                .hasEntrySatisfying("username", name -> assertThat(name.s()).isEqualTo("Ada"))
                .hasEntrySatisfying("name", name -> assertThat(name.s()).isEqualTo("A Name"))
                .hasEntrySatisfying(
                        "email", email -> assertThat(email.s()).isEqualTo("Ada@Example.com"));
    }

    @Test
    void both_steps_refuse_a_taken_username_in_another_case() throws Exception {
        register.runAll("request-1", ADA);
        String other = input("aDA", "other@example.com");

        assertFails("username-taken", () -> register.run("request-2", "check", other));
        assertFails("username-taken", () -> register.run("request-2", "create", other));
        assertThat(world.item("email#other@example.com")).isEmpty();
    }

    @Test
    void both_steps_refuse_a_taken_email_in_another_case() throws Exception {
        register.runAll("request-1", ADA);
        String other = input("other", "ADA@example.COM");

        assertFails("email-taken", () -> register.run("request-2", "check", other));
        assertFails("email-taken", () -> register.run("request-2", "create", other));
        assertThat(world.item("user#other")).isEmpty();
    }

    @Test
    void same_registration_by_another_request_is_refused() throws Exception {
        register.runAll("request-1", ADA);

        assertFails("username-taken", () -> register.run("request-2", "check", ADA));
        assertFails("username-taken", () -> register.run("request-2", "create", ADA));
    }

    @Test
    void check_that_runs_again_after_its_own_create_succeeds() throws Exception {
        register.runAll("request-1", ADA);

        assertThat(register.run("request-1", "check", ADA).get("available").booleanValue())
                .isTrue();
    }

    @Test
    void create_that_runs_again_recognizes_its_own_user_and_writes_nothing() throws Exception {
        JsonNode first = register.runAll("request-1", ADA);
        var stored = world.item("user#ada");

        assertThat(register.run("request-1", "create", ADA)).isEqualTo(first);
        assertThat(world.item("user#ada")).isEqualTo(stored);
    }

    @Test
    void create_that_runs_again_does_not_undo_a_later_change_of_the_email() throws Exception {
        register.runAll("request-1", ADA);
        world.runs(new UpdateProfile())
                .runAll("request-2", "{\"username\":\"ada\",\"email\":\"new@example.com\"}");
        var stored = world.item("user#ada");

        register.runAll("request-1", ADA);

        assertThat(world.item("user#ada")).isEqualTo(stored);
        assertThat(world.item("email#ada@example.com")).isEmpty();
    }

    @Test
    void exactly_one_of_many_concurrent_registrations_of_an_email_succeeds() throws Exception {
        List<String> ends = crowd(i -> input("user-" + i, "same@example.com"));

        assertThat(Collections.frequency(ends, "done")).isEqualTo(1);
        assertThat(Collections.frequency(ends, "email-taken")).isEqualTo(CROWD - 1);
        assertThat(world.count("user#user-")).isEqualTo(1);
    }

    @Test
    void exactly_one_of_many_concurrent_registrations_of_a_username_succeeds() throws Exception {
        List<String> ends = crowd(i -> input("same", "mail-" + i + "@example.com"));

        assertThat(Collections.frequency(ends, "done")).isEqualTo(1);
        assertThat(Collections.frequency(ends, "username-taken")).isEqualTo(CROWD - 1);
        assertThat(world.count("email#mail-")).isEqualTo(1);
    }

    @Test
    void one_request_that_runs_many_times_concurrently_succeeds_every_time() throws Exception {
        var together = new CyclicBarrier(CROWD);
        List<String> ends = inParallel(_ -> () -> create(together, "request-1", ADA));

        assertThat(ends).hasSize(CROWD).containsOnly("done");
        assertThat(world.count("user#ada")).isEqualTo(1);
    }

    private List<String> crowd(IntFunction<String> inputs) throws Exception {
        var together = new CyclicBarrier(CROWD);
        return inParallel(i -> () -> create(together, "request-" + i, inputs.apply(i)));
    }

    private String create(CyclicBarrier together, String id, String input) throws Exception {
        together.await();
        try {
            register.run(id, "create", input);
            return "done";
        } catch (StepFailed failed) {
            return failed.code();
        }
    }

    private static List<String> inParallel(IntFunction<Callable<String>> tasks) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<String>>();
            for (int i = 0; i < CROWD; i++) {
                all.add(tasks.apply(i));
            }
            var ends = new ArrayList<String>();
            for (Future<String> end : threads.invokeAll(all)) {
                ends.add(end.get());
            }
            return ends;
        }
    }

    private static String input(String username, String email) {
        return Json.write(
                Json.MAPPER
                        .createObjectNode()
                        .put("username", username)
                        .put("name", "A Name")
                        .put("email", email));
    }
}
