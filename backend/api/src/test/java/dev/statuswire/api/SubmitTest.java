package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.identity.Identity;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.CountingDynamoDb;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.DynamoDbLocal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class SubmitTest {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private static final String SOUP = "{\"type\":\"test-order\",\"input\":{\"dish\":\"soup\"}}";
    private static final String PASTA = "{\"type\":\"test-order\",\"input\":{\"dish\":\"pasta\"}}";

    private final CountingDynamoDb dynamoDb = new CountingDynamoDb(LOCAL.client());
    private final String table = LOCAL.newRequestsTable();
    private final ApiServer server = ApiServer.over(dynamoDb.client(), table);
    private final ApiClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_is_put_is_accepted_with_its_status_and_where_to_watch_it() {
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
    void accepting_is_exactly_one_call_to_the_database() {
        client.putJson("/requests/" + ApiClient.newId(), SOUP);
        assertThat(dynamoDb.calls()).containsExactly("putItem");
    }

    @Test
    void the_same_again_is_answered_with_the_status_as_it_is_now_in_one_call() {
        String id = ApiClient.newId();
        client.putJson("/requests/" + id, SOUP);
        client.post("/requests/" + id + "/cancel");
        int before = dynamoDb.calls().size();
        Answer again = client.putJson("/requests/" + id, SOUP);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(again.has("Retry-After")).isFalse();
        assertThat(dynamoDb.calls()).hasSize(before + 1);
    }

    @Test
    void content_is_the_same_however_it_is_written() {
        String id = ApiClient.newId();
        String first = "{\"type\":\"test-any\",\"input\":{\"a\":1,\"b\":[1.50,\"é\"]}}";
        String second =
                "{ \"input\" : {\"b\":[15e-1,\"\\u00e9\"], \"a\":1.0},\n \"type\":\"test-any\"}";
        assertThat(client.putJson("/requests/" + id, first).status()).isEqualTo(202);
        assertThat(client.putJson("/requests/" + id, second).status()).isEqualTo(200);
    }

    @Test
    void an_id_that_stands_for_other_content_is_a_conflict() {
        String id = ApiClient.newId();
        client.putJson("/requests/" + id, SOUP);
        Answer other = client.putJson("/requests/" + id, PASTA);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("id-taken");
        String otherType = "{\"type\":\"test-any\",\"input\":{\"dish\":\"soup\"}}";
        assertThat(client.putJson("/requests/" + id, otherType).status()).isEqualTo(409);
    }

    @Test
    void the_input_is_stored_without_white_space_and_with_its_digits() {
        String id = ApiClient.newId();
        client.putJson(
                "/requests/" + id, "{\"type\":\"test-any\", \"input\": { \"price\" : 1.10 } }");
        assertThat(LOCAL.client().scan(scan -> scan.tableName(table)).items())
                .extracting(item -> item.get("input"))
                .containsExactly(AttributeValue.fromS("{\"price\":1.10}"));
    }

    @Test
    void a_hundred_of_the_same_at_once_make_one_request() throws Exception {
        String id = ApiClient.newId();
        List<Integer> statuses = atOnce(100, i -> client.putJson("/requests/" + id, SOUP).status());
        assertThat(statuses).containsOnly(200, 202);
        assertThat(statuses.stream().filter(status -> status == 202)).hasSize(1);
        assertThat(client.get("/requests").json().path("requests")).hasSize(1);
    }

    @Test
    void of_a_hundred_different_ones_at_once_exactly_one_wins() throws Exception {
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
    void what_is_posted_gets_an_id_that_sorts_by_time() {
        String first = client.postJson("/requests", SOUP).json().path("id").asText();
        nextMillisecond();
        Answer second = client.postJson("/requests", SOUP);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location"))
                .isEqualTo("/status/" + second.json().path("id").asText());
        assertThat(second.json().path("id").asText()).isGreaterThan(first);
        assertThat(first).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
    }

    /** Ids are in the order of milliseconds. */
    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        Await.until("the next millisecond", () -> System.currentTimeMillis() > now);
    }

    @Test
    void the_same_idempotency_key_and_content_give_the_same_request() {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", "\"key 1, or so\"");
        Answer again = client.postJson("/requests", SOUP, "Idempotency-Key", "\"key 1, or so\"");
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
    }

    @Test
    void a_bare_key_is_the_same_as_a_quoted_one() {
        Answer quoted = client.postJson("/requests", SOUP, "Idempotency-Key", "\"abc-123\"");
        Answer bare = client.postJson("/requests", SOUP, "Idempotency-Key", "abc-123");
        assertThat(bare.json().path("id")).isEqualTo(quoted.json().path("id"));
    }

    @Test
    void the_same_key_with_other_content_is_refused() {
        client.postJson("/requests", SOUP, "Idempotency-Key", "abc");
        Answer other = client.postJson("/requests", PASTA, "Idempotency-Key", "abc");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("key-reused");
    }

    @Test
    void a_key_that_is_none_is_refused() {
        for (String key : List.of("\"", "\"\"", "a b", "\"a\";b", "x".repeat(256), "a,b")) {
            Answer answer = client.postJson("/requests", SOUP, "Idempotency-Key", key);
            assertThat(answer.status()).as(key).isEqualTo(400);
        }
        Answer two =
                client.postJson("/requests", SOUP, "Idempotency-Key", "a", "Idempotency-Key", "b");
        assertThat(two.status()).isEqualTo(400);
        assertThat(client.postJson("/requests", SOUP, "Idempotency-Key", "x".repeat(255)).status())
                .isEqualTo(202);
    }

    @Test
    void owners_do_not_share_ids_or_keys() {
        try (var other =
                ApiServer.over(
                        LOCAL.client(),
                        LOCAL.newRequestsTable(),
                        parts ->
                                parts.identity =
                                        new Identity(
                                                call -> String.valueOf(call.header("X-Test-Owner")),
                                                Optional.empty()))) {
            ApiClient both = other.client();
            String path = "/requests/" + ApiClient.newId();
            assertThat(both.putJson(path, SOUP, "X-Test-Owner", "ada").status()).isEqualTo(202);
            assertThat(both.putJson(path, PASTA, "X-Test-Owner", "bob").status()).isEqualTo(202);
            assertThat(keyed(both, SOUP, "ada").status()).isEqualTo(202);
            assertThat(keyed(both, PASTA, "bob").status()).isEqualTo(202);
        }
    }

    private static Answer keyed(ApiClient both, String body, String owner) {
        return both.postJson(
                "/requests", body, "X-Test-Owner", owner, "Idempotency-Key", "the-key");
    }

    @Test
    void an_owner_with_too_much_under_way_is_told_to_wait_but_may_ask_again_for_what_is_there() {
        try (var full =
                ApiServer.over(
                        LOCAL.client(),
                        LOCAL.newRequestsTable(),
                        parts ->
                                parts.settings =
                                        new ApiSettings(
                                                ApiSettings.DEFAULT.allowedHosts(),
                                                ApiSettings.DEFAULT.allowedOrigins(),
                                                2,
                                                ApiSettings.DEFAULT.liveUrl()))) {
            ApiClient owner = full.client();
            String path = "/requests/" + ApiClient.newId();
            owner.putJson(path, SOUP);
            owner.postJson("/requests", SOUP);
            Answer third = owner.postJson("/requests", SOUP);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.header("Retry-After")).isEqualTo("5");
            assertThat(owner.putJson(path, SOUP).status()).isEqualTo(200);
            assertThat(owner.putJson(path, PASTA).status()).isEqualTo(409);
        }
    }
}
