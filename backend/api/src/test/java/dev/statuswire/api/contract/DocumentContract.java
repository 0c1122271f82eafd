package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Undoing FAILURE = new Undoing(Status.FAILED, ERROR);

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
        return submitted(SubmissionOptions.NONE);
    }

    private Request submitted(SubmissionOptions options) {
        String input = "{\"text\":" + Json.write(Json.MAPPER.valueToTree(text)) + "}";
        var submission = new Submission(TestTypes.ANY, input, options, Optional.empty());
        return shown(door.store().submit(key, submission, later()).request());
    }

    private Request claimed() {
        return done(TRANSITIONS.claim(submitted(), STEPS, Set.of(), later()));
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
        request.waitsUntil()
                .ifPresent(until -> assertRetryAfter(answer.header("Retry-After"), until));
        return request;
    }

    /** The clock of the front end has gone on by a few seconds at most. */
    private void assertRetryAfter(String seconds, Instant until) {
        long atMost =
                Math.clamp(Duration.between(door.clock().instant(), until).toSeconds() + 1, 1, 60);
        assertThat(Long.parseLong(seconds)).isBetween(Math.max(1, atMost - 5), atMost + 5);
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
        done(TRANSITIONS.succeed(held, 1, done(held, 1, later()), "[1,{\"a\":null}]", now));
    }

    @Test
    void document_of_a_request_that_succeeds_with_null() {
        Request held = committed(claimed());
        done(TRANSITIONS.succeed(held, 1, held.steps().get(1).succeeded("null", now), "null", now));
    }

    @Test
    void document_of_a_request_that_retries_and_fails_and_is_retried_by_its_user() {
        Request held = claimed();
        Request waiting = done(TRANSITIONS.retryLater(held, 3, ERROR, now.plusSeconds(9), later()));
        Request swept = done(TRANSITIONS.sweep(waiting, later()));
        Request again = done(TRANSITIONS.claim(swept, STEPS, Set.of(), later()));
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
    void document_of_a_scheduled_request() {
        Instant start = now.plus(Duration.ofDays(40));
        var options =
                SubmissionOptions.NONE
                        .withNotBefore(start)
                        .withNotAfter(start.plusSeconds(1))
                        .withTags(List.of("a:1", "b"));
        Request scheduled = submitted(options);
        assertThat(scheduled.status()).isEqualTo(Status.SCHEDULED);
        Request started = done(TRANSITIONS.start(scheduled, later()));
        done(TRANSITIONS.tooLate(started, later()));
    }

    @Test
    void document_of_a_request_that_starts_within_a_minute() {
        submitted(SubmissionOptions.NONE.withNotBefore(now.plusSeconds(31)));
    }

    @Test
    void document_of_a_request_that_waits_for_an_answer() {
        var what = new Wait("second", true, HOSTILE, null);
        Request held = committed(claimed());
        Request waiting = done(TRANSITIONS.waitFor(held, what, now.plusSeconds(20), later()));
        assertThat(waiting.isAnswerable()).isTrue();
        Request answered =
                done(TRANSITIONS.answer(waiting, "{\"yes\":true}", HistoryEntry.LINK, later()));
        done(TRANSITIONS.claim(answered, STEPS, Set.of(), later()));
    }

    @Test
    void document_of_a_request_that_waits_for_an_answer_in_vain() {
        var what = new Wait("second", true, null, null);
        Request held = committed(claimed());
        Request waiting = done(TRANSITIONS.waitFor(held, what, now.plusSeconds(20), later()));
        Request cancelled = done(TRANSITIONS.cancelIdle(waiting, later()));
        Request again = done(TRANSITIONS.retry(cancelled, later()));
        Request claimed = done(TRANSITIONS.claim(again, STEPS, Set.of(), later()));
        Request last = done(TRANSITIONS.waitFor(claimed, what, now.minusSeconds(9), later()));
        done(TRANSITIONS.timeIsUp(last, later()));
    }

    @Test
    void document_of_a_request_that_waits_for_a_time() {
        var what = new Wait("second", false, null, null);
        Request held = committed(claimed());
        Instant until = now.plus(Duration.ofDays(365));
        Request waiting = done(TRANSITIONS.waitFor(held, what, until, later()));
        done(TRANSITIONS.timeIsUp(waiting, later()));
    }

    @Test
    void document_of_a_request_that_is_undone() {
        Request held = undoable();
        Request turned = done(TRANSITIONS.turnBack(held, FAILURE, true, later()));
        Request waiting =
                done(TRANSITIONS.retryLater(turned, 3, ERROR, now.plusSeconds(9), later()));
        Request swept = done(TRANSITIONS.sweep(waiting, later()));
        Request again = done(TRANSITIONS.claim(swept, STEPS, Set.of(), later()));
        Request undone = done(TRANSITIONS.undoStep(again, 0, later()));
        Request failed = done(TRANSITIONS.endUndone(undone, later()));
        done(TRANSITIONS.retry(failed, later()));
    }

    @Test
    void document_of_a_request_that_is_undone_after_a_cancel() {
        Request asked = done(TRANSITIONS.cancelRunning(undoable(), later()));
        var undoing = new Undoing(Status.CANCELLED, null);
        Request turned = done(TRANSITIONS.turnBack(asked, undoing, true, later()));
        assertThat(turned.isCancellable()).isFalse();
        Request undone = done(TRANSITIONS.undoStep(turned, 0, later()));
        done(TRANSITIONS.endUndone(undone, later()));
    }

    @Test
    void document_of_a_request_that_cannot_be_undone() {
        Request turned = done(TRANSITIONS.turnBack(undoable(), FAILURE, true, later()));
        var error = new RequestError("undo-failed", HOSTILE, "first", true);
        Request failed = done(TRANSITIONS.fail(turned, error, later()));
        done(TRANSITIONS.retry(failed, later()));
    }

    private Request undoable() {
        Request held = claimed();
        StepState first = done(held, 0, later()).undoable(true);
        return done(TRANSITIONS.commitStep(held, 0, first, Progress.within(1, 2, 0, ""), now));
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
