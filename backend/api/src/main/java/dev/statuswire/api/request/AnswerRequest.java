package dev.statuswire.api.request;

import static dev.statuswire.api.request.JsonBody.MAX_ERRORS;
import static dev.statuswire.api.request.JsonBody.error;
import static dev.statuswire.api.request.JsonBody.refuse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.schema.InputError;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.schema.NumberRange;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Handles {@code POST /requests/{id}/answer} and {@code POST /links/{secret}/answer}, whose body is
 * {@code {"step","answer"}}. The first answer to a wait is accepted. The same answer again has no
 * effect; another one is refused.
 */
public final class AnswerRequest {

    private static final Set<String> MEMBERS = Set.of("step", "answer");

    private final InputSchemas schemas;
    private final RequestStore store;
    private final Transitions transitions;
    private final InstantSource clock;

    /**
     * Creates the handler.
     *
     * @param clock the wall clock
     */
    public AnswerRequest(
            InputSchemas schemas,
            RequestStore store,
            Transitions transitions,
            InstantSource clock) {
        this.schemas = schemas;
        this.store = store;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * An answer as received.
     *
     * @param json the answer
     * @param text the same, as it is stored
     */
    private record Answer(String step, JsonNode json, String text) {}

    /** Handles the call, for the request that {@code access} names. */
    public void handle(Context call, RequestAccess access) {
        RequestKey key = access.key();
        Answer answer = read(call);
        Request seen = visible(access, access.read(store));
        access.requireMayAnswer(answer.step());
        if (!isAwaited(answer, seen)) {
            respondUnchanged(call, access, answer, seen);
            return;
        }
        refuse(errorsOf(answer, seen));
        Transition change =
                transitions.answer(seen, answer.text(), access.actor(), clock.instant());
        switch (store.apply(key, change)) {
            case WriteOutcome.Done(Request request) -> access.responses().accepted(call, request);
            case WriteOutcome.Refused(Optional<Request> current) ->
                    respondUnchanged(call, access, answer, visible(access, current));
        }
    }

    private static Request visible(RequestAccess access, Optional<Request> found) {
        return found.filter(access::gives).orElseThrow(access::unknown);
    }

    private static Answer read(Context call) {
        JsonNode body = JsonBody.parse(call);
        JsonBody.requireObject(body, "step and answer");
        var errors = new ArrayList<>(JsonBody.unknownMembers(body, MEMBERS));
        if (!body.path("step").isTextual()) {
            errors.add(error("step", "must be the name of a step that waits for an answer"));
        }
        if (!body.has("answer")) {
            errors.add(error("answer", "is required"));
        }
        refuse(errors);
        JsonNode answer = body.path("answer");
        String text = JsonBody.text(answer, "An answer", StepState.MAX_OUTPUT_BYTES);
        refuse(NumberRange.errorsOf(answer, "/answer", MAX_ERRORS));
        return new Answer(body.path("step").textValue(), answer, text);
    }

    private static boolean isAwaited(Answer answer, Request seen) {
        return seen.stepToAnswer().filter(answer.step()::equals).isPresent();
    }

    private List<InputError> errorsOf(Answer answer, Request seen) {
        return schemas.answerErrorsOf(
                        seen.type(), answer.step(), answer.json(), "/answer", MAX_ERRORS)
                .orElseThrow(
                        () ->
                                ProblemKind.WRONG_STATUS.because(
                                        "This release does not know the step "
                                                + answer.step()
                                                + " of "
                                                + seen.type()
                                                + ", so it cannot check the answer."));
    }

    /** Responds without a write, because the request does not wait for this answer. */
    private void respondUnchanged(
            Context call, RequestAccess access, Answer answer, Request found) {
        Optional<StepState> done =
                found.steps().stream()
                        .filter(step -> step.done() && step.name().equals(answer.step()))
                        .filter(step -> schemas.hasAnswer(found.type(), step.name()))
                        .findFirst();
        if (done.filter(step -> isSame(answer, step)).isPresent()) {
            access.responses().found(call, found);
            return;
        }
        throw refusal(answer, found, done.isPresent());
    }

    private static boolean isSame(Answer answer, StepState done) {
        return Json.parse(String.valueOf(done.output()))
                .filter(output -> Json.same(output, answer.json()))
                .isPresent();
    }

    private static ProblemException refusal(Answer answer, Request found, boolean isDone) {
        return ProblemKind.WRONG_STATUS.because(
                isDone
                        ? "Step " + answer.step() + " is already finished, with another output."
                        : "The request is %s and does not wait for an answer to step %s."
                                .formatted(found.statusText(), answer.step()));
    }
}
