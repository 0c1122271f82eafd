package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusTest {

    private final Transitions transitions = ApiServer.Parts.TRANSITIONS;
    private final InMemoryRequestStore store = new InMemoryRequestStore(transitions);
    private final ManualClock clock = new ManualClock();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private volatile Runnable duringPause = () -> {};
    private final ApiServer server = start();
    private final ApiClient client = server.client();
    private final String id = ApiClient.newId();
    private final RequestKey key = new RequestKey("local", id);

    private ApiServer start() {
        var parts = new ApiServer.Parts(store, store);
        parts.clock = clock;
        parts.pause =
                duration -> {
                    pauses.add(duration);
                    clock.advance(duration);
                    duringPause.run();
                };
        return ApiServer.start(parts);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void submit() {
        store.submit(key, TestTypes.ORDER, "{\"dish\":\"soup\"}", clock.instant());
    }

    private void cancel() {
        store.apply(key, transitions.cancelIdle(clock.instant()));
    }

    private Answer read(String... headers) {
        return client.get("/status/" + id, headers);
    }

    @Test
    void a_status_comes_with_its_version_as_entity_tag() {
        submit();
        Answer answer = read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void a_status_is_never_compressed_since_its_entity_tag_names_its_very_bytes() {
        store.submit(key, TestTypes.ANY, "\"" + "x".repeat(50_000) + "\"", clock.instant());
        Answer answer = read("Accept-Encoding", "gzip");
        assertThat(answer.has("Content-Encoding")).isFalse();
    }

    @Test
    void what_is_finished_need_not_be_looked_at_again() {
        submit();
        cancel();
        Answer answer = read();
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.has("Retry-After")).isFalse();
    }

    @Test
    void a_failed_request_shows_its_error_and_its_steps() {
        submit();
        var seen = store.find(key).orElseThrow();
        var claimed =
                (Outcome.Done)
                        store.apply(
                                key,
                                transitions.claim(
                                        seen, List.of("first", "second"), clock.instant()));
        store.apply(
                key,
                transitions.fail(
                        claimed.request(),
                        new RequestError("no-luck", "It did not work.", "first", false),
                        clock.instant()));
        assertThat(read().json().at("/error/code").asText()).isEqualTo("no-luck");
        assertThat(read().json().at("/steps/0/status").asText()).isEqualTo("FAILED");
    }

    @Test
    void an_unknown_request_is_404() {
        assertThat(read().status()).isEqualTo(404);
        assertThat(read("Prefer", "wait=20").status()).isEqualTo(404);
        assertThat(pauses).isEmpty();
    }

    @Test
    void somebody_elses_request_looks_like_an_unknown_one() {
        store.submit(new RequestKey("somebody-else", id), TestTypes.ANY, "{}", clock.instant());
        Answer foreign = read();
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(404);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(404);
        assertThat(client.get("/requests").json().path("requests")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "\"a,b\",W/\"1\"", "*", " \"1\" , x"})
    void a_version_that_is_known_is_304(String known) {
        submit();
        Answer answer = read("If-None-Match", known);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "1", "\"11\"", "\"1", "'1'", "\"01\"", ","})
    void another_version_is_200(String known) {
        submit();
        assertThat(read("If-None-Match", known).status()).isEqualTo(200);
    }

    @Test
    void waiting_ends_as_soon_as_the_version_moves_past_the_known_one() {
        submit();
        duringPause =
                () -> {
                    if (pauses.size() == 4) {
                        cancel();
                    }
                };
        Answer answer = read("Prefer", "wait=20", "If-None-Match", "\"1\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(pauses).hasSize(4);
    }

    @Test
    void waiting_for_a_version_that_is_old_already_does_not_wait() {
        submit();
        cancel();
        assertThat(read("Prefer", "wait=20", "If-None-Match", "\"1\"").status()).isEqualTo(200);
        assertThat(pauses).isEmpty();
    }

    @Test
    void waiting_without_a_known_version_ends_when_it_is_finished() {
        submit();
        duringPause =
                () -> {
                    if (pauses.size() == 3) {
                        cancel();
                    }
                };
        Answer answer = read("Prefer", "wait=10");
        assertThat(answer.json().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void waiting_in_vain_ends_with_304_or_200_after_the_time_that_was_asked_for() {
        submit();
        assertThat(read("Prefer", "wait=5", "If-None-Match", "\"1\"").status()).isEqualTo(304);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(5));
        pauses.clear();
        assertThat(read("Prefer", "wait=5").status()).isEqualTo(200);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(5));
    }

    private Duration waited() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void it_looks_often_at_first_and_then_twice_a_second() {
        submit();
        read("Prefer", "wait=20");
        assertThat(pauses.getFirst()).isEqualTo(Duration.ofMillis(50));
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(500)) <= 0);
        assertThat(pauses).hasSizeBetween(40, 50);
    }

    @Test
    void nobody_waits_for_longer_than_20_seconds() {
        submit();
        Answer answer = read("Prefer", "wait=99999999999");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=-1", "wait=abc", "wait", "return=minimal", "waits=3", "wait=1.5"})
    void a_preference_that_is_not_understood_is_passed_over(String preference) {
        submit();
        Answer answer = read("Prefer", preference);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.has("Preference-Applied")).isFalse();
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async, wait=3",
                "Wait = \"3\"",
                "wait=3; foo=bar",
                "wait=3, wait=9",
                "return=minimal,wait=3"
            })
    void a_preference_may_be_written_as_the_rfc_lets_it(String preference) {
        submit();
        assertThat(read("Prefer", preference).header("Preference-Applied")).isEqualTo("wait=3");
    }
}
