package dev.statuswire.tests.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.RuntimeExtension;
import dev.statuswire.tests.client.TestedClient.Outcome;
import dev.statuswire.tests.client.TestedClients.Language;
import dev.statuswire.tests.faults.Fault;
import dev.statuswire.tests.faults.FaultProxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each client does with a real server: the whole runtime, behind a proxy that simulates
 * network faults. {@link FaultyServerTest} has the cases that need a server with faults.
 */
final class ClientContractTest {

    private static final String NEW_ID =
            "~[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @RegisterExtension
    static final RuntimeExtension LOCAL = RuntimeExtension.withTypes(List.of(EchoType.class));

    @TempDir private static Path folder;

    @RegisterExtension static final TestedClients CLIENTS = new TestedClients(() -> folder);

    private final FaultProxy proxy = new FaultProxy(LOCAL.page());

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private TestedClient connect(Language language) {
        return CLIENTS.connect(language, proxy.uri());
    }

    private static JsonNode order(int cookMillis) {
        return json("{'dish':'soup','quantity':1,'simulate':{'cookMillis':%d}}", cookMillis);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static JsonNode json(String text, Object... values) {
        return Json.parse(text.formatted(values).replace('\'', '"')).orElseThrow();
    }

    private static String id(JsonNode document) {
        return document.get("id").asText();
    }

    @EachClient
    void submit_generates_increasing_ids_and_returns_the_stored_request(Language language) {
        TestedClient client = connect(language);

        JsonNode one = client.value("submit", "place-order", order(0), null);
        JsonNode other = client.value("submit", "place-order", order(0), null);

        assertThat(id(one)).matches(NEW_ID);
        assertThat(id(other)).matches(NEW_ID).isGreaterThan(id(one));
        assertThat(one.get("type").asText()).isEqualTo("place-order");
        assertThat(LOCAL.status(id(one)).get("life")).isEqualTo(one.get("life"));
    }

    @EachClient
    void submission_is_idempotent_by_id(Language language) {
        TestedClient client = connect(language);
        String id = "own-" + System.nanoTime();

        JsonNode one = client.value("submit", "place-order", order(0), id);
        JsonNode again = client.value("submit", "place-order", order(0), id);
        Outcome other = client.call("submit", "place-order", order(1), id);

        assertThat(id(one)).isEqualTo(id);
        assertThat(again.get("life")).isEqualTo(one.get("life"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("type").asText()).isEqualTo("/problems/id-taken");
    }

    @EachClient
    void submission_whose_response_was_lost_is_sent_again_and_stored_once(Language language) {
        TestedClient client = connect(language);
        int before = LOCAL.api().requests().size();
        proxy.set(new Fault.Cut(0, "^PUT /requests/", 1));

        JsonNode submitted = client.value("submit", "place-order", order(0), null);

        assertThat(proxy.cuts()).isEqualTo(1);
        assertThat(LOCAL.api().requests()).hasSize(before + 1);
        assertThat(LOCAL.status(id(submitted)).get("life")).isEqualTo(submitted.get("life"));
    }

    @EachClient
    void submission_succeeds_if_the_server_is_back_soon(Language language) throws Exception {
        TestedClient client = connect(language);
        proxy.set(new Fault.Refuse());
        CompletableFuture<Outcome> submitting =
                client.start("submit", "place-order", order(0), null);
        Outcome refused = client.call("get", "some-id-0");
        assertThat(refused.error()).isEqualTo("no-response");
        assertThat(submitting).isNotDone();

        proxy.heal();

        assertThat(submitting.get().value().get("type").asText()).isEqualTo("place-order");
    }

    @EachClient
    void invalid_input_is_a_problem_with_pointers(Language language) {
        TestedClient client = connect(language);

        Outcome refused =
                client.call("submit", "place-order", json("{'dish':'stone','quantity':1}"), null);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("type").asText()).isEqualTo("/problems/invalid-input");
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/input/dish");
        assertThat(refused.json().at("/errors/0/detail").asText()).isNotEmpty();
    }

    @EachClient
    void request_that_does_not_exist_is_404(Language language) {
        TestedClient client = connect(language);

        assertThat(client.call("get", "missing-0").status()).isEqualTo(404);
        assertThat(client.call("cancel", "missing-0").status()).isEqualTo(404);
        assertThat(client.call("retry", "missing-0").status()).isEqualTo(404);
        assertThat(client.watch("missing-0").awaitRefusal()).isEqualTo(404);
    }

    @EachClient
    void invalid_id_or_type_is_refused_by_the_client(Language language) {
        TestedClient client = connect(language);

        assertThat(
                        List.of(
                                client.call("submit", "Place", order(0), null),
                                client.call("submit", "place-order", order(0), "short"),
                                client.call("submit", "place-order", order(0), "with/slash"),
                                client.call("get", "../types"),
                                client.call("answer", "with/slash", "approve", json("{}")),
                                client.call("cancel", ""),
                                client.call("retry", "mine-0001\n"),
                                client.call("delete", "with/slash"),
                                client.call("link", "with/slash", json("{'scope':'watch'}")),
                                client.call("links", "with/slash"),
                                client.call("revokeLink", "some-id-1", "with/slash"),
                                client.call("linkStatus", proxy.uri() + "/requests"),
                                client.call("linkStatus", proxy.uri() + "/l/a?b=c"),
                                client.call("list", json("{'type':'a b'}"))))
                .extracting(Outcome::error)
                .containsOnly("invalid-argument");
    }

    @EachClient
    void numbers_keep_their_digits(Language language) {
        TestedClient client = connect(language);
        JsonNode input =
                json("{'account':3544790567247868102,'rate':0.1000,'one':1.0,'large':1E+300}");

        JsonNode submitted = client.value("submit", "echo", input, null);
        Watched watched = client.watch(id(submitted));
        watched.awaitEnd();

        JsonNode stored = LOCAL.status(id(submitted)).get("input");
        assertThat(Json.write(stored)).isEqualTo(Json.write(input));
        assertThat(Json.write(client.value("get", id(submitted)).get("input")))
                .isEqualTo(Json.write(input));
        assertThat(Json.write(watched.documents(id(submitted)).getLast().get("result")))
                .isEqualTo(Json.write(input));
    }

    @EachClient
    void list_filters_and_continues_at_a_cursor(Language language) {
        TestedClient client = connect(language);
        String one = id(client.value("submit", "echo", json("1"), null));
        String two = id(client.value("submit", "echo", json("2"), null));
        LOCAL.finished(one);
        LOCAL.finished(two);

        JsonNode page =
                client.value(
                        "list", json("{'type':'echo','status':['SUCCEEDED','FAILED'],'limit':1}"));
        JsonNode next =
                client.value(
                        "list",
                        json(
                                "{'type':'echo','status':['SUCCEEDED'],'limit':1,'cursor':'%s'}",
                                page.get("next").asText()));

        assertThat(page.at("/requests/0/id").asText()).isEqualTo(two);
        assertThat(next.at("/requests/0/id").asText()).isEqualTo(one);
        assertThat(client.value("list", json("{'type':'echo','status':['FAILED']}")).get("next"))
                .isEqualTo(json("null"));
    }

    @EachClient
    void scheduled_request_has_its_times_and_tags_and_is_listed_by_tag(Language language) {
        TestedClient client = connect(language);
        String tag = "tag-" + System.nanoTime();
        JsonNode options =
                json(
                        "{'notBefore':'2098-01-31T13:30:00.000Z','notAfter':'2098-01-31T14:30:00.500Z','tags':['%s']}",
                        tag);

        JsonNode scheduled = client.value("submit", "place-order", order(0), null, options);

        assertThat(scheduled.get("status").asText()).isEqualTo("SCHEDULED");
        assertThat(scheduled.at("/waiting/reason").asText()).isEqualTo("schedule");
        options.fieldNames()
                .forEachRemaining(it -> assertThat(scheduled.get(it)).isEqualTo(options.get(it)));
        assertThat(client.value("list", json("{'tag':'%s'}", tag)).get("requests"))
                .containsExactly(scheduled);
        client.value("cancel", id(scheduled));
    }

    @EachClient
    void invalid_option_is_a_problem_with_pointers(Language language) {
        Outcome refused =
                connect(language)
                        .call(
                                "submit",
                                "place-order",
                                order(0),
                                null,
                                json("{'tags':['no spaces']}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/tags");
    }

    @EachClient
    void first_answer_is_accepted_and_repeated_and_another_one_is_409(Language language) {
        TestedClient client = connect(language);
        JsonNode claim = json("{'amount':250,'currency':'EUR','purpose':'Train to Berlin'}");
        String id = id(client.value("submit", "expense-claim", claim, null));
        JsonNode waiting = LOCAL.await(id, "WAITING");
        String step = waiting.at("/waiting/step").asText();

        Outcome invalid = client.call("answer", id, step, json("{'approved':'perhaps'}"));
        JsonNode answered = client.value("answer", id, step, json("{'approved':true}"));
        JsonNode again = client.value("answer", id, step, json("{'approved':true}"));
        Outcome other = client.call("answer", id, step, json("{'approved':false}"));

        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.json().at("/errors/0/pointer").asText()).startsWith("/answer/");
        assertThat(answered.get("version").asInt()).isGreaterThan(waiting.get("version").asInt());
        assertThat(again.get("life")).isEqualTo(answered.get("life"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(client.call("answer", "missing-0", step, json("{}")).status()).isEqualTo(404);
    }

    private static String claim(TestedClient client) {
        return id(
                client.value(
                        "submit",
                        "expense-claim",
                        json("{'amount':250,'currency':'EUR','purpose':'Train to Berlin'}"),
                        null));
    }

    @EachClient
    void link_is_created_and_listed_and_revoked(Language language) {
        TestedClient client = connect(language);
        String id = claim(client);
        String step = LOCAL.await(id, "WAITING").at("/waiting/step").asText();
        JsonNode options =
                json(
                        "{'scope':'answer','step':'%s','label':'For Bob','showsInput':true,'expiresAt':'%s'}",
                        step, Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS));

        JsonNode one = client.value("link", id, options);
        JsonNode other = client.value("link", id, json("{'scope':'watch'}"));

        assertThat(one.get("url").asText())
                .matches(Pattern.quote(proxy.uri() + "/l/") + "[A-Za-z0-9_-]{22}");
        options.fieldNames()
                .forEachRemaining(
                        it ->
                                assertThat(one.get(it).asText().replace(".000Z", "Z"))
                                        .isEqualTo(options.get(it).asText()));
        assertThat(other.get("label").isNull()).isTrue();
        JsonNode listed =
                Await.get(
                        "both links",
                        () ->
                                Optional.of(client.value("links", id))
                                        .filter(links -> links.size() == 2));
        assertThat(withoutUrl(listed)).containsExactly(withoutUrl(other), withoutUrl(one));
        assertThat(listed.get(0).has("url")).isFalse();

        client.value("revokeLink", id, one.get("linkId").asText());
        assertThat(client.call("revokeLink", id, one.get("linkId").asText()).status())
                .isEqualTo(404);
        assertThat(client.call("linkStatus", one.get("url").asText()).status()).isEqualTo(404);
        assertThat(id(client.value("linkStatus", other.get("url").asText()))).isEqualTo(id);
        client.value("cancel", id);
    }

    private static JsonNode withoutUrl(JsonNode json) {
        JsonNode copy = json.deepCopy();
        copy.findParents("url").forEach(link -> ((ObjectNode) link).remove("url"));
        return copy;
    }

    @EachClient
    void invalid_link_is_a_problem_with_pointers_and_of_an_unknown_request_404(Language language) {
        TestedClient client = connect(language);
        String id = claim(client);

        Outcome refused = client.call("link", id, json("{'scope':'answer','step':'unknown'}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/step");
        assertThat(client.call("link", "missing-0", json("{'scope':'watch'}")).status())
                .isEqualTo(404);
        assertThat(client.call("links", "missing-0").status()).isEqualTo(404);
        client.value("cancel", id);
    }

    @EachClient
    void request_is_read_and_answered_with_a_link(Language language) {
        TestedClient client = connect(language);
        String id = claim(client);
        JsonNode waiting = LOCAL.await(id, "WAITING");
        String step = waiting.at("/waiting/step").asText();
        JsonNode answer = json("{'approved':true}");
        String watch = url(client.value("link", id, json("{'scope':'watch'}")));
        String url = url(client.value("link", id, json("{'scope':'answer'}")));

        JsonNode seen = client.value("linkStatus", url);
        Outcome notAllowed = client.call("answerByLink", watch, step, answer);
        Outcome invalid = client.call("answerByLink", url, step, json("{'approved':'perhaps'}"));
        JsonNode answered = client.value("answerByLink", url, step, answer);
        Outcome other = client.call("answerByLink", url, step, json("{'approved':false}"));

        assertThat(id(seen)).isEqualTo(id);
        assertThat(seen.has("input")).isFalse();
        assertThat(seen.at("/links/answer").isTextual()).isTrue();
        assertThat(notAllowed.status()).isEqualTo(403);
        assertThat(notAllowed.json().get("type").asText()).isEqualTo("/problems/link-scope");
        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.json().at("/errors/0/pointer").asText()).startsWith("/answer/");
        assertThat(answered.get("version").asInt()).isGreaterThan(waiting.get("version").asInt());
        assertThat(answered.get("history").findValuesAsText("by")).contains("link");
        assertThat(other.status()).isEqualTo(409);
    }

    private static String url(JsonNode link) {
        return link.get("url").asText();
    }

    @EachClient
    void watch_by_a_link_reports_changes_and_ends_with_the_finished_document(Language language) {
        TestedClient client = connect(language);
        String id = claim(client);
        JsonNode waiting = LOCAL.await(id, "WAITING");
        Watched watched =
                client.watchLink(url(client.value("link", id, json("{'scope':'watch'}"))));
        watched.await(id, waiting.get("version").asInt());

        client.value(
                "answer", id, waiting.at("/waiting/step").asText(), json("{'approved':false}"));
        watched.awaitEnd();

        assertThat(watched.versions(id)).isSorted().doesNotHaveDuplicates();
        assertThat(watched.documents(id).getLast().get("status"))
                .isEqualTo(LOCAL.finished(id).get("status"));
        assertThat(watched.documents(id)).noneMatch(document -> document.has("input"));
    }

    @EachClient
    void watch_by_a_link_ends_if_the_link_is_not_valid_any_more(Language language) {
        TestedClient client = connect(language);
        String id = claim(client);
        JsonNode waiting = LOCAL.await(id, "WAITING");
        JsonNode link = client.value("link", id, json("{'scope':'watch'}"));
        Watched watched = client.watchLink(url(link));
        watched.await(id, waiting.get("version").asInt());

        client.value("revokeLink", id, link.get("linkId").asText());
        client.value("cancel", id);
        watched.awaitEnd();

        assertThat(watched.removed()).containsExactly(id);
        assertThat(watched.documents(id)).hasSize(1);
        assertThat(client.watchLink(url(link)).awaitRefusal()).isEqualTo(404);
    }

    @EachClient
    void finished_request_is_deleted_and_an_unfinished_one_is_409(Language language) {
        TestedClient client = connect(language);
        String id = claim(client);
        LOCAL.await(id, "WAITING");

        Outcome unfinished = client.call("delete", id);
        client.value("cancel", id);
        client.value("delete", id);

        assertThat(unfinished.status()).isEqualTo(409);
        assertThat(client.call("get", id).status()).isEqualTo(404);
        assertThat(client.call("delete", id).status()).isEqualTo(404);
    }

    @EachClient
    void request_is_cancelled_and_retried(Language language) {
        TestedClient client = connect(language);
        String id = id(client.value("submit", "place-order", order(60_000), null));

        client.value("cancel", id);
        Watched cancelling = client.watch(id);
        cancelling.awaitEnd();
        assertThat(cancelling.documents(id).getLast().get("status").asText())
                .isEqualTo("CANCELLED");

        assertThat(client.value("retry", id).get("status").asText()).isEqualTo("ACCEPTED");
        assertThat(client.call("retry", id).status()).isEqualTo(409);
        client.value("cancel", id);
    }

    @EachClient
    void watch_reports_increasing_versions_and_ends_with_the_finished_document(Language language) {
        TestedClient client = connect(language);
        String id = id(client.value("submit", "place-order", order(1000), null));

        Watched watched = client.watch(id);
        watched.awaitEnd();

        assertThat(watched.versions(id)).isSorted().doesNotHaveDuplicates();
        assertThat(watched.documents(id)).hasSizeGreaterThan(2);
        assertThat(watched.documents(id).getLast()).isEqualTo(LOCAL.status(id));
    }

    @EachClient
    void watch_of_a_finished_request_reports_it_and_ends(Language language) {
        String id = LOCAL.submit("echo", "1");
        JsonNode finished = LOCAL.finished(id);

        Watched watched = connect(language).watch(id);
        watched.awaitEnd();

        assertThat(watched.documents(id)).containsExactly(finished);
    }

    @EachClient
    void watch_continues_after_the_connection_was_cut(Language language) {
        TestedClient client = connect(language);
        String id = id(client.value("submit", "place-order", order(3000), null));
        Watched watched = client.watch(id);
        Await.until("running", () -> watched.documents(id).size() > 1);

        proxy.set(new Fault.Reset());
        LOCAL.await(id, "SUCCEEDED");
        assertThat(watched.documents(id))
                .noneMatch(it -> it.get("status").asText().equals("SUCCEEDED"));
        proxy.heal();
        watched.awaitEnd();

        assertThat(watched.versions(id)).isSorted().doesNotHaveDuplicates();
        assertThat(watched.documents(id).getLast()).isEqualTo(LOCAL.status(id));
    }

    @EachClient
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true")
    void watch_continues_although_the_connection_broke_without_notice(Language language) {
        TestedClient client = connect(language);
        String id = id(client.value("submit", "place-order", order(3000), null));
        Watched watched = client.watch(id);
        Await.until("running", () -> watched.documents(id).size() > 1);

        proxy.set(new Fault.HalfOpen());
        proxy.set(new Fault.None());
        watched.awaitEnd();

        assertThat(watched.documents(id).getLast()).isEqualTo(LOCAL.status(id));
    }

    @EachClient
    void watch_waits_for_a_server_that_is_unreachable(Language language) {
        String id = LOCAL.submit("echo", "1");
        LOCAL.finished(id);
        proxy.set(new Fault.Refuse());
        TestedClient client = connect(language);

        Watched watched = client.watch(id);
        assertThat(client.call("get", id).error()).isEqualTo("no-response");
        assertThat(watched.documents(id)).isEmpty();
        proxy.heal();
        watched.awaitEnd();

        assertThat(watched.documents(id)).hasSize(1);
    }

    @EachClient
    void watch_of_all_requests_reports_requests_of_other_clients(Language language) {
        TestedClient client = connect(language);
        String before = LOCAL.submit("echo", "1");
        JsonNode known = LOCAL.finished(before);
        Watched watched = client.watchAll();
        watched.await(before, known.get("version").asInt());

        String id = LOCAL.submit("place-order", Json.write(order(500)));
        JsonNode finished = LOCAL.finished(id);

        assertThat(watched.await(id, finished.get("version").asInt())).isEqualTo(finished);
        assertThat(watched.versions(id)).isSorted().doesNotHaveDuplicates();
    }

    @EachClient
    void close_ends_every_watch(Language language) {
        TestedClient client = connect(language);
        String id = id(client.value("submit", "place-order", order(60_000), null));
        Watched watched = client.watch(id);
        Await.until("a document", () -> !watched.documents(id).isEmpty());

        client.close();

        watched.awaitEnd();
        LOCAL.api().post("/requests/" + id + "/cancel");
    }
}
