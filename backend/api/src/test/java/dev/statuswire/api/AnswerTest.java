package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.ForwardingStore;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTest {

    private static final Transitions TRANSITIONS = ApiServer.Parts.TRANSITIONS;
    private static final List<String> STEPS = List.of("first", "approve", "last");

    record Approval(boolean approved) {}

    private static final RequestTypes TYPES =
            RequestTypes.of(
                    List.of(
                            TestType.builder("ask", "{}")
                                    .example(Json.MAPPER.createObjectNode())
                                    .step("first", JsonNode.class, context -> null)
                                    .answer("approve", Approval.class, options -> {})
                                    .step("last", JsonNode.class, context -> null)
                                    .build()));

    private final Instant now = Instant.now();
    private final InMemoryRequestStore stored = new InMemoryRequestStore(TRANSITIONS);
    private RequestStore store = stored;
    private final RequestKey key = new RequestKey("local", ApiClient.newId());
    private final ApiServer server = ApiServer.start(parts());

    private ApiServer.Parts parts() {
        var parts = new ApiServer.Parts(new Current(), stored);
        parts.types = TYPES;
        return parts;
    }

    /** The store that the test has set last. */
    private final class Current extends ForwardingStore {

        private Current() {
            super(stored);
        }

        @Override
        public WriteOutcome apply(RequestKey of, Transition transition) {
            return store.apply(of, transition);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Request done(Transition transition) {
        return ((WriteOutcome.Done) stored.apply(key, transition)).request();
    }

    private Request claimed() {
        Request submitted = stored.submit(key, new Submission("ask", "{}"), now).request();
        return done(TRANSITIONS.claim(submitted, STEPS, Set.of(), now));
    }

    private Request waiting() {
        Request held = claimed();
        StepState first = held.steps().getFirst().succeeded("{\"approved\":true}", now);
        Request next =
                done(TRANSITIONS.commitStep(held, 0, first, Progress.within(1, 3, 0, ""), now));
        var what = new Wait("approve", true, "Pay?", null);
        return done(TRANSITIONS.waitFor(next, what, now.plus(Duration.ofHours(1)), now));
    }

    private Answer answer(String step, String answer) {
        return send("{\"step\":\"%s\",\"answer\":%s}".formatted(step, answer));
    }

    private Answer send(String body) {
        return server.client().postJson("/requests/" + key.id() + "/answer", body);
    }

    @Test
    void answer_becomes_the_output_of_the_step_and_continues_the_request() {
        assertThat(waiting().isAnswerable()).isTrue();

        Answer accepted = answer("approve", "{\"approved\":true}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json().at("/status").asText()).isEqualTo("ACCEPTED");
        assertThat(accepted.json().at("/steps/1/output/approved").asBoolean()).isTrue();
        assertThat(accepted.json().at("/links/answer").isNull()).isTrue();
    }

    @Test
    void same_answer_again_changes_nothing_and_another_one_is_refused() {
        waiting();
        answer("approve", "{\"approved\":true}");
        Request answered = stored.find(key).orElseThrow();

        assertThat(answer("approve", "{ \"approved\": true }").status()).isEqualTo(200);
        Answer other = answer("approve", "{\"approved\":false}");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("detail").asText())
                .isEqualTo("Step approve is already finished, with another output.");
        assertThat(stored.find(key)).contains(answered);
    }

    @Test
    void first_of_two_answers_at_the_same_time_wins() {
        Request seen = waiting();
        store =
                new ForwardingStore(stored) {
                    @Override
                    public WriteOutcome apply(RequestKey of, Transition transition) {
                        done(
                                TRANSITIONS.answer(
                                        seen, "{\"approved\":false}", HistoryEntry.OWNER, now));
                        return super.apply(of, transition);
                    }
                };

        assertThat(answer("approve", "{\"approved\":true}").status()).isEqualTo(409);
        assertThat(stored.find(key).orElseThrow().steps().get(1).output())
                .isEqualTo("{\"approved\":false}");
    }

    @Test
    void answer_that_does_not_match_its_schema_is_refused_with_a_pointer() {
        Request waiting = waiting();

        Answer refused = answer("approve", "{\"approved\":\"yes\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/answer/approved");
        assertThat(stored.find(key)).contains(waiting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"step\":\"approve\"}",
                "{\"answer\":{\"approved\":true}}",
                "{\"step\":1,\"answer\":{\"approved\":true}}",
                "{\"step\":\"approve\",\"answer\":{\"approved\":true},\"more\":1}"
            })
    void body_without_a_step_and_an_answer_is_refused(String body) {
        waiting();

        assertThat(send(body).status()).isEqualTo(422);
    }

    @Test
    void step_that_does_not_wait_is_not_answered() {
        waiting();

        assertThat(answer("last", "{\"approved\":true}").status()).isEqualTo(409);
        assertThat(answer("first", "{\"approved\":true}").status())
                .as("the output of a step that does not wait for answers")
                .isEqualTo(409);
        assertThat(answer("other", "{\"approved\":true}").status()).isEqualTo(409);
    }

    @Test
    void request_that_does_not_wait_is_not_answered() {
        claimed();

        Answer refused = answer("approve", "{\"approved\":true}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asText()).contains("RUNNING");
    }

    @Test
    void unknown_request_is_not_found() {
        assertThat(answer("approve", "{\"approved\":true}").status()).isEqualTo(404);
    }

    @Test
    void answer_of_more_than_eight_kibibytes_is_too_large() {
        waiting();

        assertThat(answer("approve", "\"" + "a".repeat(8 * 1024) + "\"").status()).isEqualTo(413);
    }

    @Test
    void deletion_of_an_unfinished_request_is_refused() {
        waiting();
        String path = "/requests/" + key.id();

        assertThat(server.client().send("DELETE", path, null).status()).isEqualTo(409);
        done(TRANSITIONS.cancelIdle(stored.find(key).orElseThrow(), now));
        assertThat(server.client().send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(server.client().send("DELETE", path, null).status()).isEqualTo(404);
    }

    @Test
    void request_is_scheduled_and_listed_by_its_tags() {
        String body =
                """
                {"type":"ask","notBefore":"2090-01-31T08:00:00.5Z","notAfter":"2090-02-01T08:00:00Z",
                 "tags":["b","a"],"input":{}}
                """;

        Answer stored = server.client().putJson("/requests/" + key.id(), body);

        assertThat(stored.status()).isEqualTo(202);
        assertThat(stored.header("Retry-After")).isEqualTo("60");
        assertThat(stored.json().get("status").asText()).isEqualTo("SCHEDULED");
        assertThat(stored.json().get("notBefore").asText()).isEqualTo("2090-01-31T08:00:00.500Z");
        assertThat(Json.write(stored.json().get("tags"))).isEqualTo("[\"a\",\"b\"]");
        assertThat(stored.json().at("/waiting/until").asText())
                .isEqualTo("2090-01-31T08:00:00.500Z");
        assertThat(server.client().get("/requests?tag=c,a").json().get("requests")).hasSize(1);
        assertThat(server.client().get("/requests?tag=c").json().get("requests")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"notBefore\":\"2090-02-30T08:00:00Z\"",
                "\"notBefore\":\"2090-01-31T08:00:00+01:00\"",
                "\"notAfter\":null",
                "\"tags\":\"a\"",
                "\"tags\":[\"a\",\"a\"]",
                "\"tags\":[\"a b\"]",
                "\"tags\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]"
            })
    void invalid_option_is_refused(String option) {
        String body = "{\"type\":\"ask\",\"input\":{}," + option + "}";

        assertThat(server.client().putJson("/requests/" + key.id(), body).status()).isEqualTo(422);
    }
}
