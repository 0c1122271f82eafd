package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract for status documents: every front end shows the same document, in every state of a
 * request.
 */
public abstract class DocumentContract {

    private static final Transitions TRANSITIONS = ApiServer.Parts.TRANSITIONS;
    private static final List<String> STEPS = List.of("first", "second");
    private static final String HOSTILE =
            "it's \\ \"$input.body\" #set($a = 1) \u2028\u0000 漢\ud83c\udf5c";
    private static final RequestError ERROR = new RequestError("no-luck", HOSTILE, "first", false);

    private final StatusDocuments documents = new StatusDocuments(TestTypes.all());
    private final RequestKey key = new RequestKey("local", ApiClient.newId());
    private Instant now = Instant.EPOCH;
    private String text = HOSTILE;
    private Door door;

    /** Opens a front end with an empty store. */
    protected abstract Door open();

    @BeforeEach
    void openDoor() {
        door = open();
        now = door.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusMillis(9);
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    private Instant later() {
        now = now.plus(Duration.ofMillis(1017));
        return now;
    }

    private Request submitted() {
        String input = "{\"text\":" + Json.write(Json.MAPPER.valueToTree(text)) + "}";
        return shown(
                door.store().submit(key, new Submission(TestTypes.ANY, input), later()).request());
    }

    private Request claimed() {
        return done(TRANSITIONS.claim(submitted(), STEPS, later()));
    }

    private Request done(Transition transition) {
        return shown(((WriteOutcome.Done) door.store().apply(key, transition)).request());
    }

    /**
     * Asserts that the front end shows exactly the document of {@code request}, except for the
     * escapes of JSON, and returns {@code request}.
     */
    private Request shown(Request request) {
        var answer = door.client().get("/status/" + key.id());
        assertThat(Json.write(answer.json())).isEqualTo(Json.write(documents.of(request)));
        assertThat(answer.header("ETag"))
                .isEqualTo("\"" + request.life() + "-" + request.version() + "\"");
        assertThat(answer.has("Retry-After")).isEqualTo(!request.status().finished());
        return request;
    }

    private static StepState done(Request held, int step, Instant at) {
        String output =
                "{\"said\":" + Json.write(Json.MAPPER.valueToTree(HOSTILE)) + ",\"n\":1.50}";
        return held.steps().get(step).succeeded(output, at);
    }

    private Request committed(Request held) {
        var progress = Progress.within(0, 2, 100, HOSTILE);
        return done(TRANSITIONS.commitStep(held, 0, done(held, 0, later()), progress, now));
    }

    @Test
    void document_of_a_request_that_succeeds() {
        Request half = committed(claimed());
        var progress = Progress.within(1, 2, 50, "");
        Request held = done(TRANSITIONS.alive(half, progress, later()));
        done(TRANSITIONS.succeed(held, done(held, 1, later()), "[1,{\"a\":null}]", now));
    }

    @Test
    void document_of_a_request_that_succeeds_with_null() {
        Request held = committed(claimed());
        done(TRANSITIONS.succeed(held, held.steps().get(1).succeeded("null", now), "null", now));
    }

    @Test
    void document_of_a_request_that_retries_and_fails_and_is_retried_by_its_user() {
        Request held = claimed();
        Request waiting = done(TRANSITIONS.retryLater(held, 3, ERROR, now.plusSeconds(9), later()));
        Request swept = done(TRANSITIONS.sweep(waiting, later()));
        Request again = done(TRANSITIONS.claim(swept, STEPS, later()));
        var error = new RequestError("gave-up", "", null, true);
        Request failed = done(TRANSITIONS.fail(again, error, later()));
        done(TRANSITIONS.retry(failed, later()));
    }

    @Test
    void document_of_a_request_that_is_cancelled_before_a_claim() {
        Request cancelled = done(TRANSITIONS.cancelIdle(submitted(), later()));
        done(TRANSITIONS.retry(cancelled, later()));
    }

    @Test
    void document_of_a_request_that_is_cancelled_while_running() {
        Request held = committed(claimed());
        Request asked = done(TRANSITIONS.cancelRunning(held, later()));
        assertThat(asked.cancelRequested()).isTrue();
        done(TRANSITIONS.stop(asked, later()));
    }

    @Test
    void document_of_a_request_that_is_handed_back() {
        done(TRANSITIONS.handBack(committed(claimed()), later()));
    }

    @Test
    void submitting_the_same_content_again_returns_the_document() {
        // A front end that compares contents as text may escape some characters.
        text = door.has(Difference.CONTENT_IS_TEXT) ? HOSTILE.replace("\u2028", "") : HOSTILE;
        Request held = committed(claimed());
        var body = Json.MAPPER.createObjectNode().put("type", TestTypes.ANY);
        body.set("input", Json.parse(held.input()).orElseThrow());
        var answer = door.client().putJson("/requests/" + key.id(), Json.write(body));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Json.write(answer.json())).isEqualTo(Json.write(documents.of(held)));
    }
}
