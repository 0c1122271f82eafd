package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract for {@code GET /status/{id}}. */
public abstract class StatusContract {

    protected final Transitions transitions = ApiServer.Parts.TRANSITIONS;
    protected final String id = ApiClient.newId();
    protected final RequestKey key = new RequestKey("local", id);
    protected Door door;
    protected ApiClient client;

    /** Opens a front end with an empty store. */
    protected abstract Door open();

    /** Asserts that no call waited for a change, if this can be observed. */
    protected void assertNoCallWaited() {}

    @BeforeEach
    void openDoor() {
        door = open();
        client = door.client();
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    protected final void submit() {
        submit(key, TestTypes.ORDER, "{\"dish\":\"soup\"}");
    }

    private void submit(RequestKey submitted, String type, String input) {
        door.store().submit(submitted, new Submission(type, input), door.clock().instant());
    }

    protected final void cancel() {
        door.store().apply(key, transitions.cancelIdle(stored(), door.clock().instant()));
    }

    private Request stored() {
        return door.store().find(key).orElseThrow();
    }

    /** Returns the entity tag of a version of the stored request. */
    protected final String tag(int version) {
        return "\"" + stored().life() + "-" + version + "\"";
    }

    protected final Answer read(String... headers) {
        return client.get("/status/" + id, headers);
    }

    @Test
    void entity_tag_is_the_life_and_the_version() {
        submit();
        Answer answer = read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo(tag(1));
        assertThat(answer.json().path("life").asText()).isEqualTo(stored().life());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void a_status_is_never_compressed_because_its_entity_tag_is_strong() {
        submit(key, TestTypes.ANY, "\"" + "x".repeat(50_000) + "\"");
        Answer answer = read("Accept-Encoding", "gzip");
        assertThat(answer.has("Content-Encoding")).isFalse();
    }

    @Test
    void a_finished_request_has_no_retry_after() {
        submit();
        cancel();
        Answer answer = read();
        assertThat(answer.header("ETag")).isEqualTo(tag(2));
        assertThat(answer.has("Retry-After")).isFalse();
    }

    @Test
    void a_failed_request_shows_its_error_and_its_steps() {
        submit();
        var seen = stored();
        var names = List.of("first", "second");
        var claimed = apply(transitions.claim(seen, names, Set.of(), door.clock().instant()));
        apply(
                transitions.fail(
                        claimed.request(),
                        new RequestError("no-luck", "It did not work.", "first", false),
                        door.clock().instant()));
        assertThat(read().json().at("/error/code").asText()).isEqualTo("no-luck");
        assertThat(read().json().at("/steps/0/status").asText()).isEqualTo("FAILED");
    }

    private WriteOutcome.Done apply(Transition transition) {
        return (WriteOutcome.Done) door.store().apply(key, transition);
    }

    @Test
    void an_unknown_request_is_404() {
        Answer answer = read();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
        assertThat(answer.json().path("instance").asText()).isEqualTo("/status/" + id);
        assertThat(read("Prefer", "wait=20").status()).isEqualTo(404);
        assertThat(read("If-None-Match", "*").status()).isEqualTo(404);
        assertNoCallWaited();
    }

    @Test
    void an_expired_request_is_404_even_if_it_is_not_deleted_yet() {
        submit();
        String tag = tag(2);
        expire();
        assertThat(read().status()).isEqualTo(404);
        assertThat(read().problem()).isEqualTo("not-found");
        assertThat(read("If-None-Match", tag).status()).isEqualTo(404);
        assertThat(read("If-None-Match", "*").status()).isEqualTo(404);
        assertThat(read("Prefer", "wait=20").status()).isEqualTo(404);
        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(404);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(404);
        assertThat(client.get("/requests").json().path("requests")).isEmpty();
        assertNoCallWaited();
    }

    @Test
    void a_request_is_found_until_it_expires() {
        submit();
        cancelAt(door.clock().instant().minus(retention()).plusSeconds(60));
        assertThat(read().status()).isEqualTo(200);
        assertThat(client.get("/requests").json().path("requests")).hasSize(1);
    }

    /** Cancels the request at a time so long ago that it has expired since. */
    private void expire() {
        cancelAt(door.clock().instant().minus(retention()).minusSeconds(1));
    }

    private void cancelAt(Instant time) {
        door.store().apply(key, transitions.cancelIdle(stored(), time));
    }

    private Duration retention() {
        return transitions.timing().retention();
    }

    @Test
    void another_owners_request_looks_like_an_unknown_one() {
        Answer unknown = read();
        submit(new RequestKey("another-owner", id), TestTypes.ANY, "{}");
        Answer foreign = read();
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.json()).isEqualTo(unknown.json());
        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(404);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(404);
        assertThat(client.get("/requests").json().path("requests")).isEmpty();
        assertThat(client.as("another-owner").get("/status/" + id).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"{life}-1\"",
                "W/\"{life}-1\"",
                "\"{life}-7\", \"{life}-1\"",
                "\"{life}-7\",\"{life}-1\",\"{life}-8\"",
                "\"a,b\",W/\"{life}-1\"",
                "*",
                " \"{life}-1\" , x",
                "\"a b\", \"{life}-1\"",
                ",, \"\" ,\"{life}-1\",",
                "W/\"a,\" , W/\"{life}-1\""
            })
    void a_known_version_is_304(String template) {
        submit();
        String known = withLife(template);
        Answer answer = read("If-None-Match", known);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(tag(1));
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.body()).isEmpty();
        assertThat(read("if-none-match", known).status()).isEqualTo(304);
        cancel();
        Answer changed = read("If-None-Match", known);
        assertThat(changed.status()).isEqualTo(known.equals("*") ? 304 : 200);
        assertThat(changed.has("Retry-After")).isFalse();
    }

    private String withLife(String template) {
        return template.replace("{life}", String.valueOf(stored().life()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"{life}-2\"",
                "{life}-1",
                "\"{life}-11\"",
                "\"{life}-1",
                "'{life}-1'",
                "\"{life}-01\"",
                "\"x{life}-1\"",
                "\"{life}1\"",
                "\"-1\"",
                "\"1\"",
                ",",
                "\"*\""
            })
    void another_version_is_200(String template) {
        submit();
        assertThat(read("If-None-Match", withLife(template)).status()).isEqualTo(200);
    }

    @Test
    void response_varies_by_the_caller() {
        submit();
        assertThat(variesBy(read())).contains("Authorization");
        assertThat(variesBy(read("If-None-Match", tag(1)))).contains("Authorization");
    }

    @Test
    void every_response_varies_by_the_origin_even_without_one() {
        assertThat(variesBy(read())).contains("Origin");
        submit();
        assertThat(variesBy(read())).contains("Origin");
        assertThat(variesBy(read("If-None-Match", tag(1)))).contains("Origin");
        assertThat(variesBy(client.get("/status/short"))).contains("Origin");
        assertThat(variesBy(client.putJson("/requests/" + id, "{"))).contains("Origin");
        assertThat(
                        variesBy(
                                client.putJson(
                                        "/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}")))
                .contains("Origin");
    }

    private static List<String> variesBy(Answer answer) {
        return answer.headers().allValues("Vary").stream()
                .flatMap(value -> Stream.of(value.split(", *", -1)))
                .toList();
    }

    @Test
    void waiting_with_an_outdated_version_returns_at_once() {
        submit();
        cancel();
        assertThat(read("Prefer", "wait=20", "If-None-Match", tag(1)).status()).isEqualTo(200);
        assertNoCallWaited();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=-1",
                "wait=abc",
                "wait",
                "return=minimal",
                "waits=3",
                "wait=1.5",
                "wait=",
                "wait=\"\"",
                "wait=+3",
                "wait=0x3",
                "wait=\"3",
                "wait=3 4",
                "wait=abc, wait=3",
                "foo=\"a, wait=3, b\"",
                "foo=\"a\\\", wait=3, b\"",
                "foo=\"a, wait=3",
                "foo; bar=\"x, wait=3\"",
                "foo bar=\"x, wait=3\"",
                "foo;wait=3",
                "foo=wait=3"
            })
    void an_unsupported_preference_is_ignored(String preference) {
        submit();
        Answer answer = read("Prefer", preference);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.has("Preference-Applied")).isFalse();
        assertNoCallWaited();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async, wait=3",
                "Wait = \"3\"",
                "wait=3; foo=bar",
                "wait=3, wait=9",
                "return=minimal,wait=3",
                "wait=003",
                "wait=\"\\3\"",
                ", ,wait=3,",
                "foo=\"a, b\"; c=\"d, wait=9\" ; e, wait=3",
                "wait=3 ; ; foo ;",
                "foo bar, wait=3"
            })
    void a_preference_may_be_written_in_any_form_of_the_rfc(String preference) {
        submit();
        Answer answer = read("Prefer", preference);
        assertThat(answer.status()).isEqualTo(200);
        if (door.has(Difference.NEVER_WAITS)) {
            assertThat(answer.has("Preference-Applied")).isFalse();
        } else {
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=3");
        }
    }
}
