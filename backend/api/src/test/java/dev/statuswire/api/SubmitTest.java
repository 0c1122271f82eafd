package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.SubmitContract;
import dev.statuswire.api.http.TimeOrderedIds;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs the contract for submissions against the API, and tests what only the API supports. */
final class SubmitTest extends SubmitContract {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private final String table = LOCAL.newRequestsTable();

    @Override
    protected Door open() {
        return ApiDoor.over(LOCAL.client(), table);
    }

    @Test
    void submission_is_one_put_item() {
        client.putJson("/requests/" + ApiClient.newId(), SOUP);
        assertThat(door.databaseCalls()).containsExactly("putItem");
    }

    @Test
    void posted_request_gets_an_id_that_sorts_by_time() {
        String first = client.postJson("/requests", SOUP).json().path("id").asText();
        nextMillisecond();
        Answer second = client.postJson("/requests", SOUP);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location"))
                .isEqualTo("/status/" + second.json().path("id").asText());
        assertThat(second.json().path("id").asText()).isGreaterThan(first);
        assertThat(first).matches("~[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
    }

    /** Waits for the next millisecond, because ids sort by milliseconds. */
    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        Await.until("the next millisecond", () -> System.currentTimeMillis() > now);
    }

    @Test
    void posted_requests_are_listed_first_and_newest_first_with_or_without_a_key() {
        client.putJson("/requests/zzzzzzzz", SOUP);
        String first = posted();
        String second = posted("Idempotency-Key", "one");
        nextMillisecond();
        client.putJson("/requests/zzzzzzzzz", SOUP);
        String third = posted("Idempotency-Key", "two");
        String fourth = posted();

        Answer page = client.get("/requests?limit=4");
        assertThat(ids(page)).containsExactly(fourth, third, second, first);
        assertThat(ids(client.get("/requests?cursor=" + page.json().path("next").asText())))
                .containsExactly("zzzzzzzzz", "zzzzzzzz");
    }

    @Test
    void time_ordered_id_of_a_client_is_listed_among_posted_requests() {
        String first = posted();
        String second = "~" + new TimeOrderedIds().get();
        client.putJson("/requests/" + second, SOUP);
        String third = posted("Idempotency-Key", "one");
        client.putJson("/requests/zzzzzzzz", SOUP);

        assertThat(ids(client.get("/requests?limit=3"))).containsExactly(third, second, first);
    }

    private static List<String> ids(Answer answer) {
        return answer.json().path("requests").findValuesAsText("id");
    }

    private String posted(String... headers) {
        nextMillisecond();
        Answer answer = client.postJson("/requests", SOUP, headers);
        assertThat(answer.status()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    @Test
    void posted_request_can_be_read_cancelled_retried_and_put_again() {
        String id = posted("Idempotency-Key", "one");

        assertThat(client.get("/status/" + id).json().path("id").asText()).isEqualTo(id);
        assertThat(client.get("/status/" + id.replace("~", "%7E")).status()).isEqualTo(200);
        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(202);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(202);
        assertThat(client.putJson("/requests/" + id, SOUP).status()).isEqualTo(200);
        assertThat(client.putJson("/requests/" + id, PASTA).status()).isEqualTo(409);
    }

    @Test
    void item_of_a_key_has_no_url_and_expires_no_later_than_its_request() {
        String id = posted("Idempotency-Key", "one");
        Map<String, AttributeValue> item =
                LOCAL.client().scan(scan -> scan.tableName(table)).items().stream()
                        .filter(it -> !it.containsKey("type"))
                        .findFirst()
                        .orElseThrow();
        String name = URLEncoder.encode(value(item, "id").s(), StandardCharsets.UTF_8);

        assertThat(value(item, "requestId").s()).isEqualTo(id);
        assertThat(Long.parseLong(value(item, "expiresAt").n()))
                .isLessThanOrEqualTo(
                        Instant.now().plus(TransitionTiming.DEFAULT.retention()).getEpochSecond());
        assertThat(client.get("/status/" + name).status()).isEqualTo(400);
        assertThat(client.putJson("/requests/" + name, SOUP).status()).isEqualTo(400);
        assertThat(client.post("/requests/" + name + "/cancel").status()).isEqualTo(400);
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute);
    }

    @Test
    void key_of_a_deleted_request_creates_a_new_request() {
        String first = posted("Idempotency-Key", "one");
        LOCAL.client()
                .deleteItem(
                        delete ->
                                delete.tableName(table)
                                        .key(Item.key(new RequestKey("local", first))));

        String second = posted("Idempotency-Key", "one");

        assertThat(second).isGreaterThan(first);
        assertThat(client.get("/status/" + first).status()).isEqualTo(404);
    }

    @Test
    void response_to_a_repeated_key_has_the_location_of_the_request() {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", "one");
        Answer again = client.postJson("/requests", SOUP, "Idempotency-Key", "one");

        assertThat(again.header("Location"))
                .isEqualTo(first.header("Location"))
                .isEqualTo("/status/" + again.json().path("id").asText());
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
    void a_bare_key_may_contain_any_visible_ascii(String key) {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", key);
        assertThat(first.status()).isEqualTo(202);
        assertThat(client.postJson("/requests", SOUP, "Idempotency-Key", " " + key + " ").json())
                .isEqualTo(first.json());
    }

    @Test
    void parameters_of_a_quoted_key_are_ignored() {
        Answer first = client.postJson("/requests", SOUP, "Idempotency-Key", "\"a\\\\\\\"b\"");
        assertThat(first.status()).isEqualTo(202);
        String quoted = "\"a\\\\\\\"b\"";
        for (String same :
                List.of(
                        quoted + ";v=1;w=\"x, y\"",
                        quoted + ";p=@1659578233;q=@-1",
                        quoted + ";p=%\"f%c3%bc r\";q",
                        "a\\\"b")) {
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
    void a_malformed_key_is_refused() {
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
                        "\"a\";p=@1.5",
                        "\"a\";p=%\"%C3\"",
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
    void an_owner_at_the_limit_gets_429_but_may_resubmit_existing_requests() {
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
                                                Optional.empty(),
                                                Optional.empty(),
                                                "",
                                                Set.of(),
                                                0))) {
            ApiClient owner = full.client();
            String path = "/requests/" + ApiClient.newId();
            owner.putJson(path, SOUP);
            owner.postJson("/requests", SOUP, "Idempotency-Key", "one");
            Answer third = owner.postJson("/requests", SOUP);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.header("Retry-After")).isEqualTo("5");
            assertThat(owner.putJson(path, SOUP).status()).isEqualTo(200);
            assertThat(owner.putJson(path, PASTA).status()).isEqualTo(409);
            assertThat(owner.postJson("/requests", SOUP, "Idempotency-Key", "one").status())
                    .isEqualTo(200);
            assertThat(owner.postJson("/requests", PASTA, "Idempotency-Key", "one").status())
                    .isEqualTo(422);
            assertThat(owner.postJson("/requests", SOUP, "Idempotency-Key", "two").status())
                    .isEqualTo(429);
        }
    }

    @Test
    void an_owner_who_overloads_the_system_gets_429_and_other_owners_do_not() {
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
