package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract for {@code PUT /requests/{id}}. */
public abstract class SubmitContract {

    protected static final String SOUP = "{\"type\":\"test-order\",\"input\":{\"dish\":\"soup\"}}";
    protected static final String PASTA =
            "{\"type\":\"test-order\",\"input\":{\"dish\":\"pasta\"}}";

    protected Door door;
    protected ApiClient client;

    /** Opens a front end with an empty store. */
    protected abstract Door open();

    @BeforeEach
    void openDoor() {
        door = open();
        client = door.client();
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    private String storedInput(String id) {
        return door.store().find(new RequestKey("local", id)).orElseThrow().input();
    }

    @Test
    void a_client_may_choose_a_tilde_and_a_uuidv7_as_id() {
        String id = "~0199a1f0-3c5e-7d42-9b1a-2f6c8e4d7a90";
        assertThat(client.putJson("/requests/" + id, SOUP).status()).isEqualTo(202);
        Answer again = client.putJson("/requests/%7E" + id.substring(1), SOUP);

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.header("Location")).isEqualTo("/status/" + id);
        assertThat(client.get("/status/" + id).json().path("id").asText()).isEqualTo(id);
        for (String other :
                List.of(
                        id.replace("-7", "-4"),
                        id.toUpperCase(Locale.ROOT),
                        id + "0",
                        "~" + id,
                        id.replace("-9b", "-cb"),
                        "~zzzzzzzzzzzz")) {
            assertThat(client.putJson("/requests/" + other, SOUP).status())
                    .as(other)
                    .isEqualTo(400);
        }
    }

    @Test
    void an_accepted_request_comes_with_its_status_and_location() {
        String id = ApiClient.newId();
        Answer answer = client.putJson("/requests/" + id, SOUP);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/status/" + id);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("id").asText()).isEqualTo(id);
        assertThat(answer.json().path("status").asText()).isEqualTo("ACCEPTED");
        assertThat(answer.json().path("version").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/input/dish").asText()).isEqualTo("soup");
        assertThat(answer.json().path("steps")).hasSize(2);
    }

    @Test
    void each_request_has_its_own_life_and_keeps_it() {
        String id = ApiClient.newId();
        String life = client.putJson("/requests/" + id, SOUP).json().path("life").asText();
        assertThat(life).isNotBlank();
        assertThat(door.store().find(new RequestKey("local", id)).orElseThrow().life())
                .isEqualTo(life);
        assertThat(client.putJson("/requests/" + id, SOUP).json().path("life").asText())
                .isEqualTo(life);
        Answer other = client.putJson("/requests/" + ApiClient.newId(), SOUP);
        assertThat(other.json().path("life").asText()).isNotBlank().isNotEqualTo(life);
    }

    @Test
    void reusing_the_id_of_an_expired_request_starts_a_new_life() {
        String id = ApiClient.newId();
        String life = client.putJson("/requests/" + id, SOUP).json().path("life").asText();
        expire(id);
        for (String body : List.of(PASTA, SOUP)) {
            Answer again = client.putJson("/requests/" + id, body);
            if (door.has(Difference.EXPIRED_ID_IS_TAKEN)) {
                assertThat(again.status()).isEqualTo(409);
                assertThat(again.problem()).isEqualTo("id-taken");
            } else {
                assertThat(again.status()).isEqualTo(202);
                assertThat(again.json().path("status").asText()).isEqualTo("ACCEPTED");
                assertThat(again.json().path("version").asInt()).isEqualTo(1);
                assertThat(again.json().path("life").asText()).isNotBlank().isNotEqualTo(life);
                assertThat(client.get("/status/" + id).json()).isEqualTo(again.json());
                assertThat(client.putJson("/requests/" + id, body).status()).isEqualTo(200);
                expire(id);
            }
        }
    }

    @Test
    void an_idempotency_key_can_be_used_again_once_its_request_has_expired() {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", "\"a-key-1\"");
        expire(first.json().path("id").asText());
        Answer again = client.postJson("/requests", PASTA, "Idempotency-Key", "\"a-key-1\"");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("life").asText())
                .isNotBlank()
                .isNotEqualTo(first.json().path("life").asText());
    }

    /**
     * Cancels the request at a time so long ago that it has expired since. A door at which an
     * expired id is taken keeps the item: TTL does not delete what expired over five years ago.
     */
    private void expire(String id) {
        var key = new RequestKey("local", id);
        Transitions transitions = ApiServer.Parts.TRANSITIONS;
        Duration since =
                door.has(Difference.EXPIRED_ID_IS_TAKEN)
                        ? Duration.ofDays(6 * 365)
                        : Duration.ofSeconds(1);
        Instant ended = door.clock().instant().minus(transitions.timing().retention()).minus(since);
        door.store()
                .apply(key, transitions.cancelIdle(door.store().find(key).orElseThrow(), ended));
    }

    @Test
    void the_status_after_acceptance_is_the_document_of_the_202() {
        String id = ApiClient.newId();
        Answer accepted = client.putJson("/requests/" + id, SOUP);
        assertThat(client.get("/status/" + id).json()).isEqualTo(accepted.json());
    }

    @Test
    void accepting_a_request_is_exactly_one_call_to_the_database() {
        client.putJson("/requests/" + ApiClient.newId(), SOUP);
        assertThat(door.databaseCalls()).hasSize(1);
    }

    @Test
    void submitting_the_same_content_again_returns_the_current_status_in_one_database_call() {
        String id = ApiClient.newId();
        Answer first = client.putJson("/requests/" + id, SOUP);
        Answer unfinished = client.putJson("/requests/" + id, SOUP);
        assertThat(unfinished.status()).isEqualTo(200);
        assertThat(unfinished.header("Location")).isEqualTo("/status/" + id);
        assertThat(unfinished.header("Retry-After")).isEqualTo("1");
        assertThat(unfinished.json()).isEqualTo(first.json());
        client.post("/requests/" + id + "/cancel");
        int before = door.databaseCalls().size();
        Answer again = client.putJson("/requests/" + id, SOUP);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Location")).isEqualTo("/status/" + id);
        assertThat(again.json().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(again.has("Retry-After")).isFalse();
        assertThat(door.databaseCalls()).hasSize(before + 1);
    }

    @Test
    void content_is_compared_without_its_white_space_and_escapes() {
        String id = ApiClient.newId();
        String first = "{\"type\":\"test-any\",\"input\":{\"a\":1,\"b\":[1.5,\"é/'\"]}}";
        String second =
                " {\"input\" : {\"\\u0061\":1, \"b\": [1.5,\n\"\\u00e9\\/\\u0027\"]},"
                        + "\"type\":\"test-any\"}";
        assertThat(client.putJson("/requests/" + id, first).status()).isEqualTo(202);
        assertThat(client.putJson("/requests/" + id, second).status()).isEqualTo(200);
    }

    @Test
    void content_is_compared_regardless_of_key_order_and_number_format() {
        String id = ApiClient.newId();
        String first = "{\"type\":\"test-any\",\"input\":{\"a\":1,\"b\":[1.50,\"é\"]}}";
        String second = "{\"type\":\"test-any\",\"input\":{\"b\":[15e-1,\"é\"],\"a\":1.0}}";
        assertThat(client.putJson("/requests/" + id, first).status()).isEqualTo(202);
        assertThat(client.putJson("/requests/" + id, second).status())
                .isEqualTo(door.has(Difference.CONTENT_IS_TEXT) ? 409 : 200);
    }

    @Test
    void other_content_under_the_same_id_is_a_conflict() {
        String id = ApiClient.newId();
        client.putJson("/requests/" + id, SOUP);
        assertConflicts(id);
    }

    @Test
    void other_content_under_the_id_of_a_finished_request_is_a_conflict() {
        String id = ApiClient.newId();
        client.putJson("/requests/" + id, SOUP);
        client.post("/requests/" + id + "/cancel");
        assertConflicts(id);
    }

    private void assertConflicts(String id) {
        var key = new RequestKey("local", id);
        var before = door.store().find(key);
        Answer other = client.putJson("/requests/" + id, PASTA);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("id-taken");
        assertThat(other.json().path("instance").asText()).isEqualTo("/requests/" + id);
        String otherType = "{\"type\":\"test-any\",\"input\":{\"dish\":\"soup\"}}";
        assertThat(client.putJson("/requests/" + id, otherType).status()).isEqualTo(409);
        assertThat(door.store().find(key)).isEqualTo(before);
    }

    @Test
    void the_input_is_stored_without_white_space_and_with_its_digits() {
        String id = ApiClient.newId();
        String body =
                "{\"type\":\"test-any\", \"input\": { \"n\\u0061me\" : [\"a 1.10\", 12.5, -7] } }";
        assertThat(client.putJson("/requests/" + id, body).status()).isEqualTo(202);
        assertThat(storedInput(id)).isEqualTo("{\"name\":[\"a 1.10\",12.5,-7]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "-0",
                "-0.0",
                "1e5",
                "1E+5",
                "0.0000001",
                "3544790567247868102",
                "1234567890123456789012345678901234567890",
                "0.1234567890123456789012345678901234567890",
                "100000000000000000000.00"
            })
    void a_number_is_stored_and_shown_as_written(String number) {
        String input = "{\"n\":" + number + ",\"all\":[" + number + ",\"" + number + "\"]}";
        String id = ApiClient.newId();
        String body = "{\"type\":\"test-any\",\"input\":" + input + "}";
        assertThat(client.putJson("/requests/" + id, body).body()).contains("\"input\":" + input);
        assertThat(storedInput(id)).isEqualTo(input);
        assertThat(client.get("/status/" + id).body()).contains("\"input\":" + input);
        assertThat(client.putJson("/requests/" + id, body).status()).isEqualTo(200);
    }

    @Test
    void a_number_in_a_body_with_white_space_keeps_its_digits_or_is_refused() {
        String id = ApiClient.newId();
        Answer answer =
                client.putJson(
                        "/requests/" + id, "{\"type\":\"test-any\", \"input\": {\"n\" : 1.10}}");
        if (door.has(Difference.DIGITS_NEED_A_COMPACT_BODY)) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.problem()).isEqualTo("invalid-input");
            assertThat(answer.json().path("detail").asText()).contains("would lose digits");
        } else {
            assertThat(storedInput(id)).isEqualTo("{\"n\":1.10}");
        }
    }

    @Test
    void a_hundred_identical_concurrent_submissions_create_one_request() throws Exception {
        String id = ApiClient.newId();
        List<Integer> statuses = atOnce(100, i -> client.putJson("/requests/" + id, SOUP).status());
        assertThat(statuses).containsOnly(200, 202);
        assertThat(statuses.stream().filter(status -> status == 202)).hasSize(1);
        assertThat(client.get("/requests").json().path("requests")).hasSize(1);
    }

    @Test
    void of_a_hundred_different_concurrent_submissions_exactly_one_wins() throws Exception {
        String id = ApiClient.newId();
        List<Integer> statuses =
                atOnce(
                        100,
                        i ->
                                client.putJson(
                                                "/requests/" + id,
                                                "{\"type\":\"test-any\",\"input\":" + i + "}")
                                        .status());
        assertThat(statuses.stream().filter(status -> status == 202)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(99);
    }

    private interface Attempt {
        int status(int number) throws Exception;
    }

    private static List<Integer> atOnce(int number, Attempt attempt) throws Exception {
        List<Callable<Integer>> calls =
                IntStream.range(0, number)
                        .<Callable<Integer>>mapToObj(i -> () -> attempt.status(i))
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(future -> future.resultNow()).toList();
        }
    }

    @Test
    void owners_do_not_share_ids() {
        String path = "/requests/" + ApiClient.newId();
        assertThat(client.as("ada").putJson(path, SOUP).status()).isEqualTo(202);
        assertThat(client.as("bob").putJson(path, PASTA).status()).isEqualTo(202);
        assertThat(client.as("ada").putJson(path, SOUP).json().at("/input/dish").asText())
                .isEqualTo("soup");
    }
}
