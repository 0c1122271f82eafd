package dev.statuswire.tests.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.client.ScriptedServer.Call;
import dev.statuswire.tests.client.ScriptedServer.Response;
import dev.statuswire.tests.client.TestedClient.Outcome;
import dev.statuswire.tests.client.TestedClients.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each client does when responses are refused, late or lost, and when pushes are old, repeated
 * or missing: the cases of the contract that a healthy server does not cause.
 */
final class FaultyServerTest {

    private static final String ID = "some-id-1";
    private static final String STATUS = "GET /status/" + ID;
    private static final String SUBMISSION = "^PUT /requests/";

    @TempDir private static Path folder;

    @RegisterExtension static final TestedClients CLIENTS = new TestedClients(() -> folder);

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private TestedClient connect(Language language) {
        return CLIENTS.connect(language, server.uri());
    }

    private Outcome submit(TestedClient client) {
        return client.call("submit", "place-order", json("{'rate':0.10}"), null);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).orElseThrow();
    }

    /** Watches a request of version 1; returns once the document and the subscription are there. */
    private Watched watchedLive(TestedClient client) {
        server.put(ID, 1, "RUNNING");
        Watched watched = client.watch(ID);
        watched.await(ID, 1);
        awaitCaughtUp();
        return watched;
    }

    /** Waits for a read that started after the subscription. */
    private void awaitCaughtUp() {
        Await.until(
                "a read after the subscription",
                () -> {
                    List<String> names = server.names();
                    int subscribed = names.lastIndexOf("subscribe");
                    return subscribed >= 0
                            && names.subList(subscribed, names.size()).stream()
                                    .anyMatch(it -> it.matches("GET /(status|requests|links).*"));
                });
    }

    // Submissions

    @EachClient
    void refused_submission_is_sent_again_after_retry_after_with_the_same_id_and_body(
            Language language) {
        for (int status : List.of(429, 503)) {
            server.next(
                    SUBMISSION,
                    ScriptedServer.problem(status, "/problems/x").with("Retry-After", "1"));
        }

        Outcome submitted = submit(connect(language));

        assertThat(submitted.value().get("status").asText()).isEqualTo("ACCEPTED");
        List<Call> sent = server.calls(SUBMISSION);
        assertThat(sent).hasSize(3);
        assertThat(sent).extracting(Call::name).containsOnly(sent.getFirst().name());
        assertThat(sent)
                .extracting(Call::body)
                .containsOnly("{\"type\":\"place-order\",\"input\":{\"rate\":0.10}}");
        assertThat(sent.get(1).millis() - sent.get(0).millis()).isGreaterThanOrEqualTo(1000);
        assertThat(sent.get(2).millis() - sent.get(1).millis()).isGreaterThanOrEqualTo(1000);
    }

    @EachClient
    void options_of_a_submission_are_sent_before_the_input_with_every_try(Language language) {
        server.next(SUBMISSION, ScriptedServer.problem(503, "/problems/unavailable"));

        connect(language)
                .value(
                        "submit",
                        "place-order",
                        json("{'rate':0.10}"),
                        ID,
                        json(
                                "{'tags':['trip-42','team:sales'],'notBefore':'2030-01-31T13:30:00.000Z',"
                                        + "'notAfter':'2030-01-31T14:30:00.500Z'}"));

        assertThat(server.calls(SUBMISSION))
                .hasSize(2)
                .extracting(Call::body)
                .containsOnly(
                        "{\"type\":\"place-order\",\"notBefore\":\"2030-01-31T13:30:00.000Z\","
                                + "\"notAfter\":\"2030-01-31T14:30:00.500Z\","
                                + "\"tags\":[\"trip-42\",\"team:sales\"],\"input\":{\"rate\":0.10}}");
    }

    @EachClient
    void options_that_are_not_set_are_not_sent(Language language) {
        connect(language).value("submit", "place-order", json("{}"), ID, json("{'tags':[]}"));

        assertThat(server.calls(SUBMISSION))
                .extracting(Call::body)
                .containsExactly("{\"type\":\"place-order\",\"input\":{}}");
    }

    @EachClient
    void retry_after_beyond_the_time_for_retries_is_returned_at_once(Language language) {
        server.next(
                SUBMISSION,
                ScriptedServer.problem(429, "/problems/too-many-unfinished")
                        .with("Retry-After", "3600"));

        Outcome refused = submit(connect(language));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("type").asText()).isEqualTo("/problems/too-many-unfinished");
        assertThat(refused.json().get("retryAfter").asLong()).isEqualTo(3_600_000);
        assertThat(server.calls(SUBMISSION)).hasSize(1);
    }

    @EachClient
    void permanent_error_is_not_sent_again(Language language) {
        server.next(SUBMISSION, ScriptedServer.problem(500, "/problems/internal"));

        assertThat(submit(connect(language)).status()).isEqualTo(500);
        assertThat(server.calls(SUBMISSION)).hasSize(1);
    }

    @EachClient
    void error_without_a_problem_document_is_a_problem_too(Language language) {
        server.next(STATUS, new Response(502, "<html>Bad gateway</html>", Map.of()));

        Outcome refused = connect(language).call("get", ID);

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.json().get("type").asText()).isEqualTo("about:blank");
        assertThat(refused.json().get("errors")).isEmpty();
    }

    @EachClient
    void unreadable_response_counts_as_none(Language language) {
        server.next(STATUS, new Response(200, "<html>Welcome</html>", Map.of()));

        assertThat(connect(language).call("get", ID).error()).isEqualTo("no-response");
    }

    @EachClient
    void token_is_requested_for_every_call(Language language) {
        TestedClient client = CLIENTS.connectWithTokens(language, server.uri());
        submit(client);
        client.call("get", ID);
        client.watch(ID).awaitRefusal();

        List<Call> calls = server.calls("^(GET|PUT|POST) ");
        assertThat(calls)
                .extracting(Call::authorization)
                .doesNotHaveDuplicates()
                .allMatch(it -> it != null && it.matches("Bearer token-\\d+"));
    }

    // Answers

    @EachClient
    void answer_is_sent_with_its_digits_and_its_response_is_reported(Language language) {
        Watched watched = watchedLive(connect(language));
        TestedClient other = connect(language);
        Watched ofOther = other.watch(ID);
        ofOther.await(ID, 1);
        server.next("/answer$", () -> Response.of(202, server.put(ID, 2, "ACCEPTED")));

        JsonNode answered = other.value("answer", ID, "approve", json("{'limit':2.50}"));

        assertThat(answered.get("version").asInt()).isEqualTo(2);
        ofOther.await(ID, 2);
        assertThat(watched.versions(ID)).containsExactly(1);
        assertThat(server.calls("^POST /requests/some-id-1/answer$"))
                .extracting(Call::body)
                .containsExactly("{\"step\":\"approve\",\"answer\":{\"limit\":2.50}}");
    }

    @EachClient
    void answer_that_is_refused_or_gets_no_response_is_not_sent_again(Language language) {
        server.put(ID, 1, "WAITING");
        TestedClient client = connect(language);
        server.next("/answer$", ScriptedServer.problem(409, "/problems/wrong-status"));
        server.next("/answer$", ScriptedServer.problem(422, "/problems/invalid-input"));
        server.next("/answer$", ScriptedServer.problem(503, "/problems/unavailable"));
        server.next("/answer$", new Response(202, "<html>Welcome</html>", Map.of()));

        for (int status : List.of(409, 422, 503)) {
            assertThat(client.call("answer", ID, "approve", json("true")).status())
                    .isEqualTo(status);
        }
        assertThat(client.call("answer", ID, "approve", json("true")).error())
                .isEqualTo("no-response");
        assertThat(server.calls("/answer$")).hasSize(4);
    }

    // The order of a live connection

    @EachClient
    void reads_after_ticket_socket_and_subscription_and_uses_the_url_unchanged(Language language) {
        watchedLive(connect(language));

        assertThat(server.names())
                .containsSubsequence("POST /live/tickets", "socket ticket=a%2Fb", "subscribe");
    }

    @EachClient
    void change_between_the_first_read_and_the_subscription_is_reported(Language language) {
        server.put(ID, 1, "RUNNING");
        server.next(
                "POST /live/tickets",
                () -> {
                    server.awaitCalls("^GET /", 1);
                    server.put(ID, 2, "RUNNING");
                    return server.ticket();
                });

        connect(language).watch(ID).await(ID, 2);
    }

    @EachClient
    void older_and_repeated_pushes_are_not_reported(Language language) {
        Watched watched = watchedLive(connect(language));
        ObjectNode second = server.push(ID, 2, "RUNNING");
        server.push(ID, 4, "RUNNING");
        watched.await(ID, 4);

        server.pushed(second);
        server.pushed(server.put(ID, 4, "RUNNING"));
        server.push(ID, 5, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.versions(ID)).isSorted().doesNotHaveDuplicates().endsWith(4, 5);
    }

    @EachClient
    void read_does_not_undo_a_push_that_overtook_it(Language language) {
        ObjectNode old = server.put(ID, 1, "RUNNING");
        TestedClient client = connect(language);
        Watched all = client.watchAll();
        all.await(ID, 1);
        awaitCaughtUp();
        server.next(
                STATUS,
                () -> {
                    server.push(ID, 2, "RUNNING");
                    all.await(ID, 2);
                    return ScriptedServer.status(old, null);
                });

        client.call("get", ID);
        server.push(ID, 3, "SUCCEEDED");
        all.await(ID, 3);

        assertThat(all.versions(ID)).isSorted().doesNotHaveDuplicates();
    }

    @EachClient
    void large_document_that_is_pushed_in_part_is_reported_as_a_whole(Language language) {
        Watched watched = watchedLive(connect(language));
        ObjectNode whole = server.put(ID, 2, "SUCCEEDED").put("result", "large");
        ObjectNode part = whole.deepCopy().put("partial", true);
        part.remove(List.of("input", "result"));

        server.pushed(part);
        watched.awaitEnd();

        assertThat(watched.documents(ID).getLast()).isEqualTo(whole);
    }

    @EachClient
    void unknown_status_is_reported_unchanged_and_does_not_end_a_watch(Language language) {
        Watched watched = watchedLive(connect(language));

        server.push(ID, 2, "PARKED");
        assertThat(watched.await(ID, 2).get("status").asText()).isEqualTo("PARKED");
        server.push(ID, 3, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1, 2, 3);
    }

    @EachClient
    void unknown_and_unreadable_frames_are_ignored(Language language) {
        Watched watched = watchedLive(connect(language));

        server.send("{");
        server.send("[]");
        server.send("{\"type\":\"weather\"}");
        server.send("{\"type\":\"error\",\"code\":\"unavailable\",\"message\":\"Later\"}");
        server.send("{\"message\":\"Internal server error\",\"connectionId\":\"x\"}");
        server.push(ID, 2, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1, 2);
        assertThat(server.calls("^socket")).hasSize(1);
    }

    // Removals, and other requests with the same id

    @EachClient
    void removal_ends_a_watch(Language language) {
        ObjectNode last = server.put(ID, 1, "RUNNING");
        Watched watched = watchedLive(connect(language));

        server.removed(last);
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1);
    }

    @EachClient
    void removal_that_overtook_the_first_read_ends_a_watch_with_404(Language language) {
        server.hideList();
        TestedClient client = connect(language);
        Watched all = client.watchAll();
        awaitCaughtUp();
        ObjectNode old = server.put(ID, 1, "RUNNING");
        server.next(
                STATUS,
                () -> {
                    server.remove(ID);
                    server.push("some-id-2", 1, "SUCCEEDED");
                    all.await("some-id-2", 1);
                    return ScriptedServer.status(old, null);
                });

        Watched watched = client.watch(ID);

        assertThat(watched.awaitRefusal()).isEqualTo(404);
        assertThat(watched.documents(ID)).isEmpty();
    }

    @EachClient
    void another_request_with_the_id_ends_a_watch_and_is_not_reported(Language language) {
        Watched watched = watchedLive(connect(language));

        server.delete(ID);
        server.push(ID, 7, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.documents(ID))
                .extracting(it -> it.get("life").asText())
                .containsOnly("life-1");
    }

    @EachClient
    void late_push_does_not_restore_a_removed_request(Language language) {
        server.put(ID, 1, "RUNNING");
        Watched all = connect(language).watchAll();
        all.await(ID, 1);
        awaitCaughtUp();

        ObjectNode last = server.remove(ID);
        all.awaitRemoval(ID);
        server.pushed(last.deepCopy().put("version", 2));
        server.push("some-id-2", 1, "SUCCEEDED");
        all.await("some-id-2", 1);

        assertThat(all.versions(ID)).containsExactly(1);
    }

    @EachClient
    void late_removal_does_not_remove_the_request_that_has_the_id_now(Language language) {
        server.put(ID, 3, "SUCCEEDED");
        Watched all = connect(language).watchAll();
        all.await(ID, 3);
        awaitCaughtUp();

        ObjectNode old = server.delete(ID);
        server.push(ID, 1, "RUNNING");
        all.await(ID, 1);
        server.removed(old);
        server.push(ID, 2, "RUNNING");
        all.await(ID, 2);

        assertThat(all.documents(ID))
                .extracting(it -> it.get("life").asText())
                .containsExactly("life-1", "life-2", "life-2");
    }

    @EachClient
    void push_of_an_old_life_does_not_replace_the_current_request(Language language) {
        server.put(ID, 3, "SUCCEEDED");
        Watched all = connect(language).watchAll();
        all.await(ID, 3);
        awaitCaughtUp();

        server.pushed(ScriptedServer.document(ID, "old-life", 9, "FAILED"));
        server.awaitCalls(STATUS, 1);
        server.push("some-id-2", 1, "SUCCEEDED");
        all.await("some-id-2", 1);

        assertThat(all.versions(ID)).containsExactly(3);
    }

    // Without a socket

    @EachClient
    void changes_without_a_push_are_reported_after_the_socket_was_cut(Language language) {
        Watched watched = watchedLive(connect(language));

        server.put(ID, 2, "RUNNING");
        server.cutSockets();
        watched.await(ID, 2);
        server.awaitCalls("^subscribe$", 2);
        server.push(ID, 3, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1, 2, 3);
    }

    @EachClient
    void request_that_was_removed_without_a_socket_ends_its_watch(Language language) {
        Watched watched = watchedLive(connect(language));

        server.delete(ID);
        server.cutSockets();

        watched.awaitEnd();
    }

    @EachClient
    void watch_polls_with_the_etag_if_sockets_are_refused(Language language) {
        server.refuseSockets();
        server.put(ID, 1, "RUNNING");
        Watched watched = connect(language).watch(ID);
        Await.until(
                "a conditional read",
                () ->
                        server.calls(STATUS).stream()
                                .anyMatch(it -> "\"life-1-1\"".equals(it.etag())));

        server.put(ID, 2, "RUNNING");
        watched.await(ID, 2);
        server.put(ID, 3, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1, 2, 3);
        assertThat(server.calls("^subscribe$")).isEmpty();
    }

    /** A client without a socket shows how much time has passed. */
    @EachClient
    void client_with_a_socket_does_not_poll(Language language) {
        watchedLive(connect(language));
        server.openNoMoreSockets();
        int before = readsWithoutToken();

        CLIENTS.connectWithTokens(language, server.uri()).watch(ID);
        Await.until(
                "four reads of the polling client",
                () ->
                        server.calls(STATUS).stream()
                                        .filter(it -> it.authorization() != null)
                                        .count()
                                >= 4);

        assertThat(readsWithoutToken()).isEqualTo(before);
    }

    /** A client without a socket shows how much time has passed. */
    @EachClient
    void changed_frame_makes_a_watch_by_a_link_read_before_it_would_poll(Language language) {
        String secret = "0mBkUvN6_5yYCcf0zWgVJA"; // and, on this server, the id of the request
        server.put(secret, 1, "RUNNING");
        Watched watched = connect(language).watchLink(server.uri() + "/l/" + secret);
        watched.await(secret, 1);
        awaitCaughtUp();
        server.openNoMoreSockets();
        server.put(ID, 1, "RUNNING");
        CLIENTS.connect(language, server.uri()).watch(ID);
        server.awaitCalls(STATUS, 2);

        server.put(secret, 2, "SUCCEEDED");
        server.send("{\"type\":\"changed\"}");
        watched.awaitEnd();

        assertThat(watched.versions(secret)).containsExactly(1, 2);
        assertThat(server.calls(STATUS)).as("about half a minute").hasSizeLessThan(8);
    }

    private int readsWithoutToken() {
        return (int)
                server.calls("^GET /").stream().filter(it -> it.authorization() == null).count();
    }

    @EachClient
    void socket_is_opened_after_the_first_one_was_refused(Language language) {
        server.next("POST /live/tickets", ScriptedServer.problem(503, "/problems/unavailable"));
        Watched watched = watchedLive(connect(language));

        server.pushed(ScriptedServer.document(ID, "life-1", 2, "SUCCEEDED"));
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1, 2);
    }

    @EachClient
    void ticket_is_requested_again_only_after_retry_after(Language language) {
        server.next(
                "POST /live/tickets",
                ScriptedServer.problem(429, "/problems/too-many-tickets").with("Retry-After", "2"));
        server.put(ID, 1, "RUNNING");

        connect(language).watch(ID).await(ID, 1);

        List<Call> tickets = server.awaitCalls("POST /live/tickets", 2);
        assertThat(tickets.get(1).millis() - tickets.get(0).millis()).isGreaterThanOrEqualTo(2000);
    }

    // Refused reads

    @EachClient
    void watch_continues_after_a_temporary_refusal_and_not_before_retry_after(Language language) {
        server.put(ID, 1, "RUNNING");
        server.hideList();
        server.next(STATUS, ScriptedServer.problem(429, "about:blank").with("Retry-After", "2"));

        connect(language).watch(ID).await(ID, 1);

        List<Call> reads = server.calls(STATUS);
        assertThat(reads.get(1).millis() - reads.get(0).millis()).isGreaterThanOrEqualTo(2000);
    }

    @EachClient
    void watch_of_a_missing_request_ends_with_404_even_after_a_temporary_refusal(
            Language language) {
        server.next(STATUS, ScriptedServer.problem(503, "/problems/unavailable"));

        assertThat(connect(language).watch(ID).awaitRefusal()).isEqualTo(404);
    }

    @EachClient
    void watch_ends_if_the_caller_is_not_authenticated(Language language) {
        server.next(STATUS, ScriptedServer.problem(401, "/problems/unauthenticated"));

        assertThat(connect(language).watch(ID).awaitRefusal()).isEqualTo(401);
    }

    @EachClient
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true")
    void lost_push_is_made_up_for_within_two_minutes(Language language) {
        Watched watched = watchedLive(connect(language));

        server.put(ID, 2, "SUCCEEDED");
        watched.awaitEnd();

        assertThat(watched.versions(ID)).containsExactly(1, 2);
        assertThat(server.calls("^socket")).hasSize(1);
    }
}
