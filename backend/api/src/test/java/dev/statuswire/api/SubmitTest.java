package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.SubmitContract;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Submitting as the contract has it, and what only the API itself knows. */
final class SubmitTest extends SubmitContract {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private final String table = LOCAL.newRequestsTable();

    @Override
    protected Door open() {
        return ApiDoor.over(LOCAL.client(), table);
    }

    @Test
    void that_call_is_a_conditional_write() {
        client.putJson("/requests/" + ApiClient.newId(), SOUP);
        assertThat(door.databaseCalls()).containsExactly("putItem");
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

    @ParameterizedTest
    @ValueSource(
            strings = {"order,42", "a,b", "a\"b", ":a:", "?1", "(a)", "a;b=\"c\"", "8e03-978e"})
    void a_bare_key_is_any_visible_ascii(String key) {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", key);
        assertThat(first.status()).isEqualTo(202);
        assertThat(client.postJson("/requests", SOUP, "Idempotency-Key", " " + key + " ").json())
                .isEqualTo(first.json());
    }

    @Test
    void a_quoted_key_is_a_string_with_parameters_that_are_ignored() {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", "\"a\\\\\\\"b\"");
        assertThat(first.status()).isEqualTo(202);
        for (String same : List.of("\"a\\\\\\\"b\";v=1;w=\"x, y\"", "a\\\"b")) {
            assertThat(client.postJson("/requests", SOUP, "Idempotency-Key", same).json())
                    .isEqualTo(first.json());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 4000, 7000})
    void a_key_of_thousands_of_characters_is_refused(int length) {
        for (String character : List.of("a", "\\\"", "\\")) {
            String text = character.repeat(length / character.length());
            for (String key : List.of(text, "\"" + text + "\"", "\"" + text)) {
                assertThat(client.postJson("/requests", SOUP, "Idempotency-Key", key).status())
                        .isEqualTo(400);
            }
        }
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
        for (String key :
                List.of(
                        "\"",
                        "\"\"",
                        "a b",
                        "\"a\",\"b\"",
                        "\"a\" b",
                        "\"a",
                        "\"a\\b\"",
                        "\"a\"b",
                        "x".repeat(256),
                        "\"" + "x".repeat(256) + "\"",
                        "\"" + "\\\"".repeat(256) + "\"")) {
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
    void the_input_is_stored_as_text() {
        client.putJson(
                "/requests/" + ApiClient.newId(),
                "{\"type\":\"test-any\", \"input\": { \"price\" : 1.10 } }");
        assertThat(LOCAL.client().scan(scan -> scan.tableName(table)).items())
                .extracting(item -> item.get("input"))
                .containsExactly(AttributeValue.fromS("{\"price\":1.10}"));
    }

    @Test
    void owners_do_not_share_ids_or_keys() {
        try (var other =
                ApiServer.over(
                        LOCAL.client(),
                        LOCAL.newRequestsTable(),
                        parts ->
                                parts.owners(
                                        call -> String.valueOf(call.header("X-Test-Owner"))))) {
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

    @Test
    void an_owner_who_overloads_the_system_is_told_to_retry_and_other_owners_are_not() {
        var steady = new ManualClock();
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.clock = InstantSource.fixed(Instant.EPOCH);
        parts.steady = steady;
        parts.owners(call -> String.valueOf(call.header("X-Test-Owner")));
        try (var server = ApiServer.start(parts)) {
            ApiClient both = server.client();
            String id = ApiClient.newId();
            both.putJson("/requests/" + id, SOUP, "X-Test-Owner", "ada");
            Request seen = store.find(new RequestKey("ada", id)).orElseThrow();
            store.apply(
                    seen.key(),
                    ApiServer.Parts.TRANSITIONS.cancelIdle(seen, parts.clock.instant()));
            var refused = new AtomicReference<Answer>();
            Await.until(
                    "the owner to be refused",
                    () -> {
                        steady.advance(Duration.ofMillis(20));
                        refused.set(both.postJson("/requests", SOUP, "X-Test-Owner", "ada"));
                        return refused.get().status() == 429;
                    });
            assertThat(refused.get().header("Retry-After")).isEqualTo("1");
            assertThat(refused.get().json().path("detail").asText())
                    .isEqualTo("Overloaded; nothing was stored. Retry in 1 s.");
            assertThat(both.postJson("/requests", SOUP, "X-Test-Owner", "bob").status())
                    .isEqualTo(202);
            assertThat(both.putJson("/requests/" + id, SOUP, "X-Test-Owner", "ada").status())
                    .isEqualTo(200);
        }
    }
}
