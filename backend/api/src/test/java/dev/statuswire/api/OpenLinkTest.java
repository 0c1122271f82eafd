package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client with a link can see and do. */
@Timeout(120)
final class OpenLinkTest {

    private static final Transitions TRANSITIONS = ApiServer.Parts.TRANSITIONS;
    private static final String UNKNOWN = "0mBkUvN6_5yYCcf0zWgVJA";
    private static final String WATCH = "{'scope':'watch'}";
    private static final String ANSWER = "{'scope':'answer'}";
    private static final int MAX_GUESSES = 60;

    private final List<Topic> topics = new CopyOnWriteArrayList<>();
    private final LinkFixture links =
            new LinkFixture(
                    parts ->
                            parts.tickets =
                                    topic -> {
                                        topics.add(topic);
                                        return new Ticket("ticket-0123456789", Instant.EPOCH);
                                    });

    @AfterEach
    void stop() {
        links.close();
    }

    // Status

    @Test
    void status_is_that_of_the_owner_without_the_input_and_with_the_paths_of_the_link() {
        links.waiting();
        String secret = links.secret("{'scope':'answer','step':'approve','label':'For Bob'}");
        var expected = links.client.get("/status/" + links.key.id()).json().deepCopy();

        Answer answer = links.status(secret);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        JsonNode document = answer.json();
        assertThat(document.has("input")).isFalse();
        assertThat(document.get("links"))
                .isEqualTo(
                        LinkFixture.json(
                                "{'self':'/links/S/status','answer':'/links/S/answer','tickets':'/links/S/tickets'}"
                                        .replace("S", secret)));
        assertThat(document.get("link"))
                .isEqualTo(
                        LinkFixture.json(
                                "{'scope':'answer','step':'approve','expiresAt':'2027-02-05T00:00:00.000Z'}"));
        expected.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!name.equals("input") && !name.equals("links")) {
                                assertThat(document.get(name)).isEqualTo(expected.get(name));
                            }
                        });
    }

    @Test
    void input_is_shown_if_the_link_shows_it() {
        links.waiting();

        JsonNode document =
                links.status(links.secret("{'scope':'watch','showsInput':true}")).json();

        assertThat(document.get("input")).isEqualTo(LinkFixture.json("{'amount':7}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'scope':'watch'}                   | false",
                "{'scope':'answer','step':'confirm'} | false",
                "{'scope':'answer','step':'approve'} | true",
                "{'scope':'answer'}                  | true"
            })
    void path_of_the_answer_is_present_only_if_the_link_allows_the_answer_now(
            String options, boolean isPresent) {
        links.waiting();

        JsonNode document = links.status(links.secret(options)).json();

        assertThat(document.at("/links/answer").isTextual()).isEqualTo(isPresent);
    }

    @Test
    void path_of_the_answer_is_absent_while_the_request_does_not_wait() {
        links.submitted();

        assertThat(links.status(links.secret(ANSWER)).json().at("/links/answer").isNull()).isTrue();
    }

    @Test
    void known_version_is_304_with_the_same_tag() {
        links.waiting();
        String secret = links.secret(WATCH);
        Answer first = links.status(secret);

        Answer again = links.status(secret, "If-None-Match", first.header("ETag"));

        assertThat(first.header("ETag")).isEqualTo(first.documentTag());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Retry-After")).isEqualTo("60");
        links.apply(TRANSITIONS.cancelIdle(links.request(), links.clock.instant()));
        assertThat(links.status(secret, "If-None-Match", first.header("ETag")).status())
                .isEqualTo(200);
    }

    @Test
    void head_has_the_same_headers_and_no_body() {
        links.waiting();
        String path = "/links/" + links.secret(WATCH) + "/status";

        Answer head = links.client.send("HEAD", path, null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(links.client.get(path).header("ETag"));
    }

    @Test
    void token_is_ignored() {
        try (var strict =
                new LinkFixture(
                        parts ->
                                parts.owners(
                                        call -> {
                                            if ("Bearer owner"
                                                    .equals(call.header("Authorization"))) {
                                                return "local";
                                            }
                                            throw new ProblemException(
                                                    ProblemKind.UNAUTHENTICATED
                                                            .with("No.")
                                                            .withHeader(
                                                                    "WWW-Authenticate", "Bearer"));
                                        }))) {
            strict.waiting();
            String path = "/requests/" + strict.key.id() + "/links";
            String secret =
                    LinkFixture.secret(
                            strict.client
                                    .postJson(
                                            path,
                                            "{\"scope\":\"answer\"}",
                                            "Authorization",
                                            "Bearer owner")
                                    .json());
            assertThat(strict.create(WATCH).status()).isEqualTo(401);

            for (String token : List.of("Bearer owner", "Bearer other", "nonsense")) {
                assertThat(strict.status(secret, "Authorization", token).status()).isEqualTo(200);
                assertThat(strict.ticket(secret, "Authorization", token).status()).isEqualTo(201);
            }
            assertThat(strict.answer(secret, "approve", LinkFixture.YES).status()).isEqualTo(202);
            assertThat(strict.request().history().getLast().by()).isEqualTo(HistoryEntry.LINK);
        }
    }

    // Waiting

    @Test
    void waiting_call_returns_the_change() throws Exception {
        var waiting = new Pauses();
        try (var server = new LinkFixture(waiting::count);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            server.waiting();
            String secret = server.secret(ANSWER);
            Future<Answer> answer = clients.submit(() -> waiting.call(server, secret));
            waiting.awaitCall();

            server.answer(secret, "approve", LinkFixture.YES);
            waiting.release();

            assertThat(answer.get().status()).isEqualTo(200);
            assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=20");
            assertThat(answer.get().json().get("status").asText()).isEqualTo("ACCEPTED");
        }
    }

    @Test
    void waiting_call_of_a_link_that_is_revoked_gets_404_even_if_the_request_has_changed()
            throws Exception {
        for (boolean changes : new boolean[] {true, false}) {
            var waiting = new Pauses();
            try (var server = new LinkFixture(waiting::count);
                    var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                server.waiting();
                JsonNode link = server.create(WATCH).json();
                Future<Answer> answer =
                        clients.submit(() -> waiting.call(server, LinkFixture.secret(link)));
                waiting.awaitCall();

                server.revoke(link.get("linkId").asText());
                if (changes) {
                    server.apply(TRANSITIONS.cancelIdle(server.request(), server.clock.instant()));
                }
                waiting.release();

                assertThat(answer.get().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void waiting_call_gets_404_if_another_request_has_taken_the_id() throws Exception {
        var waiting = new Pauses();
        try (var server = new LinkFixture(waiting::count);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            server.waiting();
            String secret = server.secret(WATCH);
            Future<Answer> answer = clients.submit(() -> waiting.call(server, secret));
            waiting.awaitCall();

            server.replaced();
            waiting.release();

            assertThat(answer.get().status()).isEqualTo(404);
        }
    }

    /** Lets calls wait until the test releases them; then their time is up. */
    private static final class Pauses {

        private final AtomicInteger waiting = new AtomicInteger();
        private final CountDownLatch end = new CountDownLatch(1);

        private void count(ApiServer.Parts parts) {
            var steady = new ManualClock();
            parts.steady = steady;
            parts.waiting =
                    (_, _) -> {
                        waiting.incrementAndGet();
                        end.await();
                        steady.advance(Duration.ofSeconds(20));
                        return false;
                    };
        }

        private Answer call(LinkFixture server, String secret) {
            String tag = server.status(secret).header("ETag");
            return server.status(secret, "Prefer", "wait=20", "If-None-Match", tag);
        }

        private void awaitCall() {
            Await.until("the call to wait", () -> waiting.get() > 0);
        }

        private void release() {
            end.countDown();
        }
    }

    // Answers

    @Test
    void answer_is_accepted_once_and_is_by_a_link_in_the_history() {
        links.waiting();
        String secret = links.secret("{'scope':'answer','step':'approve'}");

        Answer accepted = links.answer(secret, "approve", LinkFixture.YES);
        Answer again = links.answer(secret, "approve", "{ \"approved\": true }");
        Answer other = links.answer(secret, "approve", LinkFixture.NO);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Location")).isEqualTo("/links/" + secret + "/status");
        assertThat(accepted.header("Cache-Control")).isEqualTo("no-store");
        assertThat(accepted.json().has("input")).isFalse();
        assertThat(accepted.json().at("/links/answer").isNull()).isTrue();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(accepted.json());
        assertThat(other.status()).isEqualTo(409);
        JsonNode last =
                accepted.json().get("history").get(accepted.json().get("history").size() - 1);
        assertThat(last.get("event").asText()).isEqualTo("answered");
        assertThat(last.get("by").asText()).isEqualTo("link");
    }

    @Test
    void answer_by_its_owner_is_by_the_owner() {
        links.waiting();

        links.client.postJson(
                "/requests/" + links.key.id() + "/answer",
                "{\"step\":\"approve\",\"answer\":{\"approved\":true}}");

        assertThat(links.request().history().getLast().by()).isEqualTo(HistoryEntry.OWNER);
    }

    @Test
    void step_that_does_not_wait_is_409() {
        links.waiting();

        assertThat(links.answer(links.secret(ANSWER), "confirm", LinkFixture.YES).status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"step\":\"approve\",\"answer\":{\"approved\":\"yes\"}} | /answer/approved",
                "{\"answer\":{\"approved\":true}} | /step",
                "{\"step\":\"approve\"} | /answer",
                "{\"step\":\"approve\",\"answer\":{\"approved\":true},\"more\":1} | /more"
            })
    void invalid_answer_is_refused_with_its_pointer(String body, String pointer) {
        Request waiting = links.waiting();

        Answer refused = links.client.postJson("/links/" + links.secret(ANSWER) + "/answer", body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(links.request().version()).isEqualTo(waiting.version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'scope':'watch'}                   | With this link, the request can only be watched.",
                "{'scope':'answer','step':'confirm'} | With this link, only step confirm can be answered."
            })
    void answer_that_the_link_does_not_allow_is_403(String options, String detail) {
        Request waiting = links.waiting();

        Answer refused = links.answer(links.secret(options), "approve", LinkFixture.YES);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("link-scope");
        assertThat(refused.json().get("detail").asText()).isEqualTo(detail);
        assertThat(links.request().version()).isEqualTo(waiting.version());
    }

    @Test
    void link_allows_no_other_calls() {
        links.waiting();
        String link = "/links/" + links.secret(ANSWER);

        for (String path : List.of("/cancel", "/retry", "/links", "")) {
            assertThat(links.client.post(link + path).status()).isEqualTo(404);
        }
        assertThat(links.client.send("DELETE", link + "/status", null).status()).isEqualTo(405);
        assertThat(links.request().status().finished()).isFalse();
    }

    // Tickets

    @Test
    void ticket_watches_the_request_only() {
        links.waiting();

        Answer ticket = links.ticket(links.secret(WATCH));

        assertThat(ticket.status()).isEqualTo(201);
        assertThat(ticket.header("Cache-Control")).isEqualTo("no-store");
        assertThat(ticket.json().get("url").asText())
                .isEqualTo(
                        "ws://127.0.0.1:%d/live?ticket=ticket-0123456789"
                                .formatted(links.server.port()));
        assertThat(topics).containsExactly(Topic.ofRequest(links.key));
    }

    // Links that are not valid

    @Test
    void every_link_that_is_not_valid_gets_the_same_404() {
        links.waiting();
        var invalid = new LinkedHashMap<String, String>();
        invalid.put("unknown", UNKNOWN);
        invalid.put("too short", "a");
        invalid.put("too long", UNKNOWN + "A");
        invalid.put("other characters", "0mBkUvN6~5yYCcf0zWgVJA");
        invalid.put("encoded", "%20mBkUvN6_5yYCcf0zWgVJA");
        invalid.put("encoded slash", "a%2Fb");
        invalid.put(
                "expired", links.secret("{'scope':'answer','expiresAt':'2026-01-01T00:00:05Z'}"));
        links.clock.advance(Duration.ofSeconds(5));
        JsonNode revoked = links.create(ANSWER).json();
        links.revoke(revoked.get("linkId").asText());
        invalid.put("revoked", LinkFixture.secret(revoked));
        invalid.put("the id of a link", links.create(WATCH).json().get("linkId").asText());
        invalid.put("request replaced", links.secret(ANSWER));
        links.replaced();

        Map<String, List<String>> responses = new LinkedHashMap<>();
        invalid.forEach((why, secret) -> responses.put(why, responses(secret)));

        assertThat(Set.copyOf(responses.values())).as(responses.toString()).hasSize(1);
        assertThat(responses.values().iterator().next().getFirst())
                .startsWith("404")
                .contains("\"instance\":\"/links/-/status\"");
    }

    /** Returns the status, the headers and the body of each call, without those of the server. */
    private List<String> responses(String secret) {
        var texts = new ArrayList<String>();
        for (Answer answer :
                List.of(
                        links.status(secret),
                        links.status(secret, "Prefer", "wait=0", "If-None-Match", "*"),
                        links.answer(secret, "approve", LinkFixture.YES),
                        links.client.postJson("/links/" + secret + "/answer", "{"),
                        links.ticket(secret))) {
            var headers = new LinkedHashMap<>(answer.headers().map());
            headers.keySet().removeAll(Set.of("date", "connection"));
            texts.add(answer.status() + " " + headers + " " + answer.body());
        }
        return texts;
    }

    @Test
    void link_is_invalid_while_its_request_is_deleted() {
        links.waiting();
        String secret = links.secret(ANSWER);
        links.apply(TRANSITIONS.cancelIdle(links.request(), links.clock.instant()));
        assertThat(links.status(secret).status()).isEqualTo(200);

        links.client.send("DELETE", "/requests/" + links.key.id(), null);

        assertThat(links.status(secret).status()).isEqualTo(404);
        assertThat(links.answer(secret, "approve", LinkFixture.YES).status()).isEqualTo(404);
        assertThat(links.ticket(secret).status()).isEqualTo(404);
    }

    // Guesses

    @Test
    void sixty_unknown_links_from_one_address_are_too_many() {
        guess(MAX_GUESSES, "203.0.113.5");

        Answer refused = links.status(UNKNOWN, "X-Forwarded-For", "203.0.113.5");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-guesses");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(links.ticket(UNKNOWN, "X-Forwarded-For", "203.0.113.5").status()).isEqualTo(429);
        assertThat(links.status(UNKNOWN, "X-Forwarded-For", "203.0.113.6").status()).isEqualTo(404);

        links.clock.advance(Duration.ofMinutes(1));
        assertThat(links.status(UNKNOWN, "X-Forwarded-For", "203.0.113.5").status()).isEqualTo(404);
    }

    @Test
    void valid_link_stays_open_for_an_address_that_has_tried_too_many_unknown_ones() {
        links.waiting();
        String secret = links.secret(WATCH);
        guess(MAX_GUESSES, "203.0.113.5");

        assertThat(links.status(secret, "X-Forwarded-For", "203.0.113.5").status()).isEqualTo(200);
        assertThat(links.ticket(secret, "X-Forwarded-For", "203.0.113.5").status()).isEqualTo(201);
    }

    @Test
    void only_the_address_that_the_nearest_proxy_has_added_counts() {
        links.waiting();
        for (int i = 0; i < MAX_GUESSES; i++) {
            links.status(UNKNOWN, "X-Forwarded-For", "198.51.100." + i + ", 203.0.113.5");
        }

        assertThat(links.status(UNKNOWN, "X-Forwarded-For", "203.0.113.5").status()).isEqualTo(429);
        assertThat(links.status(UNKNOWN, "X-Forwarded-For", "203.0.113.5, 203.0.113.7").status())
                .isEqualTo(404);
    }

    @Test
    void valid_link_is_no_guess() {
        links.waiting();
        String secret = links.secret(WATCH);

        for (int i = 0; i <= MAX_GUESSES; i++) {
            assertThat(links.status(secret, "X-Forwarded-For", "203.0.113.5").status())
                    .isEqualTo(200);
        }
        guess(MAX_GUESSES - 1, "203.0.113.5");
        assertThat(links.status(secret, "X-Forwarded-For", "203.0.113.5").status()).isEqualTo(200);
    }

    private void guess(int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(links.status(UNKNOWN, "X-Forwarded-For", address).status()).isEqualTo(404);
        }
    }

    @Test
    void links_of_an_owner_get_at_most_2000_tickets_in_30_seconds() {
        links.waiting();
        String secret = links.secret(WATCH);
        for (int i = 0; i < 2000; i++) {
            assertThat(links.ticket(secret).status()).isEqualTo(201);
        }

        assertThat(links.ticket(secret).problem()).isEqualTo("too-many-tickets");
        assertThat(links.ticket(links.secret(WATCH)).problem()).isEqualTo("too-many-tickets");
        assertThat(links.client.post("/live/tickets").status()).isEqualTo(201);
    }

    // Problems

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /links/S/status",
                "POST /links/S/answer",
                "POST /links/S/tickets",
                "DELETE /links/S/status",
                "GET /links/S",
                "GET /links/S/other",
                "GET /l/S",
                "POST /l/S"
            })
    void problem_does_not_contain_the_secret(String call) {
        String[] methodAndPath = call.replace("S", UNKNOWN).split(" ", 2);

        Answer problem = links.client.send(methodAndPath[0], methodAndPath[1], null);

        assertThat(problem.status()).isBetween(404, 405);
        assertThat(problem.body()).doesNotContain(UNKNOWN);
        assertThat(problem.json().get("instance").asText())
                .isEqualTo(methodAndPath[1].replace(UNKNOWN, "-"));
    }
}
