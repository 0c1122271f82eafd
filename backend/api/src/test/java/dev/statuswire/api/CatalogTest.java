package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.http.Cursor;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.ResponseSizeLimit;
import dev.statuswire.api.operate.TypeLoadError;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.Contract;
import dev.statuswire.core.activity.ActivityEntry;
import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CatalogTest {

    private static Answer responseOf(
            Consumer<ApiServer.Parts> change, java.util.function.Function<ApiClient, Answer> call) {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        change.accept(parts);
        try (var server = ApiServer.start(parts)) {
            return call.apply(server.client());
        }
    }

    private static Answer get(String path) {
        return responseOf(parts -> {}, client -> client.get(path));
    }

    @Test
    void types_are_listed_with_schema_and_example_as_objects() {
        JsonNode types = get("/types").json();
        assertThat(types).hasSize(2);
        JsonNode order = types.path(1);
        assertThat(order.path("name").asText()).isEqualTo("test-order");
        assertThat(order.at("/schema/type").asText()).isEqualTo("object");
        assertThat(order.at("/example/dish").asText()).isEqualTo("soup");
        assertThat(order.path("steps").path(0).asText()).isEqualTo("first");
    }

    @Test
    void a_users_activity_is_shown_in_order() throws Exception {
        JsonNode insert =
                Json.MAPPER.readTree(
                        "{\"event\":\"INSERT\",\"at\":\"2026-01-01T00:00:00Z\",\"old\":null,"
                                + "\"new\":{\"name\":\"Ada\"}}");
        Answer answer =
                responseOf(
                        parts ->
                                parts.activity =
                                        (name, _) ->
                                                new ActivityPage(
                                                        name.equals("ada l")
                                                                ? List.of(entry(1, insert))
                                                                : List.of(),
                                                        Optional.empty()),
                        client -> client.get("/users/ada%20l/activity"));
        assertThat(answer.json().path("activity").path(0)).isEqualTo(insert);
        assertThat(answer.json().path("next").isNull()).isTrue();
    }

    private static ActivityEntry entry(int sequence, JsonNode shown) {
        return new ActivityEntry("%040d".formatted(sequence), shown);
    }

    @Test
    void a_users_activity_is_shown_page_by_page() throws Exception {
        JsonNode change =
                Json.MAPPER.readTree(
                        "{\"event\":\"REMOVE\",\"at\":\"2026-01-01T00:00:00Z\",\"old\":{},"
                                + "\"new\":null}");
        try (var server = ApiServer.start(parts(of(9, change)))) {
            Answer first = server.client().get("/users/ada/activity?limit=7");
            String next = first.json().path("next").asText();
            Answer last = server.client().get("/users/ada/activity?cursor=" + next);

            assertThat(first.json().path("activity")).hasSize(7);
            assertThat(last.json().path("activity")).hasSize(2);
            assertThat(last.json().path("next").isNull()).isTrue();
            for (String query :
                    List.of("limit=0", "limit=101", "cursor=", "cursor=!", "page=2", "limit")) {
                assertThat(server.client().get("/users/ada/activity?" + query).status())
                        .as(query)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void page_of_large_changes_ends_before_it_exceeds_the_response_limit() {
        JsonNode change =
                Json.parse(
                                "{\"event\":\"INSERT\",\"at\":\"2026-01-01T00:00:00Z\",\"old\":null,"
                                        + "\"new\":{\"name\":\""
                                        + "\\\"".repeat(200_000)
                                        + "\"}}")
                        .orElseThrow();
        try (var server = ApiServer.start(parts(of(50, change)))) {
            int shown = 0;
            String query = "";
            JsonNode next;
            do {
                Answer page = server.client().get("/users/ada/activity" + query);
                assertThat(page.body().length()).isLessThanOrEqualTo(ResponseSizeLimit.MAX_BYTES);
                shown += page.json().path("activity").size();
                next = page.json().path("next");
                query = "?cursor=" + next.asText();
            } while (!next.isNull());
            assertThat(shown).isEqualTo(50);
        }
    }

    /** Returns the same {@code count} changes for every user. */
    private static UserActivity of(int count, JsonNode change) {
        return (_, query) -> {
            List<ActivityEntry> page =
                    IntStream.rangeClosed(1, count)
                            .mapToObj(n -> entry(n, change))
                            .filter(it -> it.sequence().compareTo(query.after().orElse("")) > 0)
                            .limit(query.limit())
                            .toList();
            return new ActivityPage(
                    page,
                    Optional.of(page.getLast().sequence())
                            .filter(last -> !last.equals(entry(count, change).sequence())));
        };
    }

    private static ApiServer.Parts parts(UserActivity activity) {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.activity = activity;
        return parts;
    }

    @Test
    void page_without_changes_may_have_a_next_page() {
        Answer answer =
                responseOf(
                        parts ->
                                parts.activity =
                                        (_, _) -> new ActivityPage(List.of(), Optional.of("7")),
                        client -> client.get("/users/ada/activity"));
        assertThat(answer.json().path("activity")).isEmpty();
        assertThat(answer.json().path("next").asText()).isEqualTo(Cursor.of("7"));
    }

    @Test
    void length_of_a_username_is_counted_in_code_points() {
        assertThat(get("/users/" + "%F0%9F%98%80".repeat(100) + "/activity").status())
                .isEqualTo(200);
        assertThat(get("/users/" + "%F0%9F%98%80".repeat(101) + "/activity").status())
                .isEqualTo(400);
    }

    @Test
    void the_activity_of_an_unknown_user_is_empty() {
        assertThat(get("/users/unknown/activity").json().path("activity")).isEmpty();
        assertThat(get("/users/" + "x".repeat(101) + "/activity").status()).isEqualTo(400);
    }

    @Test
    void owner_with_too_many_tickets_gets_429_and_others_do_not() {
        var steady = new ManualClock();
        var parts = parts((_, _) -> new ActivityPage(List.of(), Optional.empty()));
        parts.steady = steady;
        parts.owners(ApiClient::ownerOf);
        try (var server = ApiServer.start(parts)) {
            ApiClient ada = server.client().as("ada");
            for (int n = 0; n < 2_000; n++) {
                assertThat(ada.post("/live/tickets").status()).isEqualTo(201);
            }
            Answer refused = ada.post("/live/tickets");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.problem()).isEqualTo("too-many-tickets");
            assertThat(refused.header("Retry-After")).isEqualTo("30");
            assertThat(server.client().as("bob").post("/live/tickets").status()).isEqualTo(201);
            steady.advance(Duration.ofSeconds(30));
            assertThat(ada.post("/live/tickets").status()).isEqualTo(201);
        }
    }

    @Test
    void a_ticket_comes_with_the_url_of_the_called_host() {
        Answer answer = responseOf(parts -> {}, client -> client.post("/live/tickets"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("ticket").asText()).startsWith("ticket-of-local");
        assertThat(answer.json().path("url").asText())
                .matches("ws://127\\.0\\.0\\.1:\\d+/live\\?ticket=ticket-of-local-0123456789");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_ticket_comes_with_the_configured_url() {
        ApiSettings standard = ApiSettings.DEFAULT;
        var settings =
                new ApiSettings(
                        standard.allowedHosts(),
                        standard.allowedOrigins(),
                        standard.maxUnfinished(),
                        Optional.of(URI.create("wss://live.example.org/prod")),
                        standard.publicUrl(),
                        standard.basePath(),
                        standard.trustedProxies(),
                        standard.maxWaiting());
        Answer answer =
                responseOf(
                        parts -> parts.settings = settings, client -> client.post("/live/tickets"));
        assertThat(answer.json().path("url").asText())
                .isEqualTo("wss://live.example.org/prod?ticket=ticket-of-local-0123456789");
    }

    @Test
    void to_string_of_a_ticket_hides_its_value() {
        assertThat(new Ticket("secret", Instant.EPOCH).toString()).doesNotContain("secret");
    }

    @Test
    void health_lists_the_components_that_are_up() {
        Answer answer =
                responseOf(
                        parts -> parts.health.put("live", () -> true),
                        client -> client.get("/health"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/components/database").asText()).isEqualTo("up");
        assertThat(answer.json().at("/components/live").asText()).isEqualTo("up");
    }

    @Test
    void one_component_that_is_down_gives_503() {
        Answer answer =
                responseOf(
                        parts -> {
                            parts.health.put("live", () -> false);
                            parts.health.put(
                                    "stream",
                                    () -> {
                                        throw new IllegalStateException("no");
                                    });
                        },
                        client -> client.get("/health"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("status").asText()).isEqualTo("down");
        assertThat(answer.json().at("/components/live").asText()).isEqualTo("down");
        assertThat(answer.json().at("/components/stream").asText()).isEqualTo("down");
        assertThat(answer.json().at("/components/database").asText()).isEqualTo("up");
    }

    @Test
    void a_component_that_does_not_respond_in_time_is_down() {
        Answer answer =
                responseOf(
                        parts ->
                                parts.health.put(
                                        "live",
                                        () -> {
                                            new java.util.concurrent.CountDownLatch(1).await();
                                            return true;
                                        }),
                        client -> client.get("/health"));
        assertThat(answer.status()).isEqualTo(503);
    }

    @Test
    void health_lists_types_that_could_not_be_loaded_and_stays_up() {
        Answer answer =
                responseOf(
                        parts ->
                                parts.typeErrors =
                                        List.of(new TypeLoadError("greet", "it has no example")),
                        client -> client.get("/health"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("up");
        assertThat(answer.json().at("/typeErrors/0/source").asText()).isEqualTo("greet");
        assertThat(answer.json().at("/typeErrors/0/reason").asText())
                .isEqualTo("it has no example");
    }

    @Test
    void metrics_are_in_the_prometheus_text_format() {
        Answer answer =
                responseOf(
                        parts -> {
                            parts.metrics.count(Metrics.Counter.FINISHED, "SUCCEEDED", 2);
                            parts.metrics.time(
                                    Metrics.Timer.ACCEPTED_TO_FINISHED,
                                    "place-order",
                                    Duration.ofMillis(30));
                        },
                        client -> client.get("/metrics"));
        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("statuswire_finished_total{status=\"SUCCEEDED\"} 2.0")
                .contains("statuswire_accepted_to_finished_seconds_count{type=\"place-order\"} 1")
                .contains("le=\"0.1\"")
                .contains("jvm_threads_live_threads");
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void every_kind_of_problem_is_described_at_its_type(ProblemKind kind) {
        Answer answer = get(kind.type());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("title").asText()).isEqualTo(kind.title());
    }

    @Test
    void an_unknown_kind_of_problem_is_404() {
        assertThat(get("/problems/none").status()).isEqualTo(404);
    }

    @Test
    void the_contracts_are_served() {
        assertThat(get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
        assertThat(get("/asyncapi.yaml").body()).startsWith("asyncapi: 3.0.0");
        assertThat(get("/openapi.yaml").header("Content-Type")).isEqualTo("application/yaml");
    }

    @Test
    void every_example_in_the_contracts_matches_its_schema() {
        assertThat(Contract.wrongExamples()).isEmpty();
    }
}
