package dev.statuswire.processor.work;

import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.sdk.PlannedWait;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Creates the errors that users see. They contain no internal details. */
final class StepErrors {

    private static final String INVALID_INPUT = "invalid-input";

    private StepErrors() {}

    static StepResult of(Throwable thrown, String step, Retry retry) {
        if (thrown instanceof StepFailed failed) {
            return new StepResult.Fatal(
                    new RequestError(failed.code(), failed.explanation(), step, false), false);
        }
        if (thrown instanceof TryLater later) {
            return new StepResult.Transient(
                    new RequestError(later.code(), later.explanation(), step, true));
        }
        return retry.retries(thrown)
                ? new StepResult.Transient(internal(step, true))
                : new StepResult.Fatal(internal(step, false), true);
    }

    private static RequestError internal(String step, boolean retryable) {
        return new RequestError(
                "step-failed",
                "The step " + step + " failed because of an internal error.",
                step,
                retryable);
    }

    static StepResult timedOut(String step, Duration limit) {
        String message =
                "The step %s was stopped after its time limit of %d s."
                        .formatted(step, limit.toSeconds());
        return new StepResult.Transient(new RequestError("step-timed-out", message, step, true));
    }

    static StepResult outputTooLarge(String step) {
        String message =
                "The output of the step %s is larger than the limit of %d bytes."
                        .formatted(step, StepState.MAX_OUTPUT_BYTES);
        return new StepResult.Fatal(
                new RequestError("output-too-large", message, step, false), true);
    }

    static StepResult outputNotUnicode(String step) {
        String message =
                "The step "
                        + step
                        + " returned text with half of a surrogate pair, which cannot be stored.";
        return new StepResult.Fatal(
                new RequestError("output-not-unicode", message, step, false), true);
    }

    /** The undo of a step failed for good. */
    static RequestError undoFailed(RequestError error) {
        String what = error.step() == null ? "The request" : "The step " + error.step();
        return new RequestError(
                Transitions.UNDO_FAILED,
                what
                        + " could not be undone, so its effect may still be there. Retry to go on"
                        + " undoing. "
                        + error.message(),
                error.step(),
                true);
    }

    static StepResult waitTooLong(String step) {
        String message =
                "The step %s would wait longer than the limit of %d days."
                        .formatted(step, PlannedWait.LONGEST.toDays());
        return new StepResult.Fatal(new RequestError("wait-too-long", message, step, false), false);
    }

    /** The database will never store the result of the step. */
    static StepResult.Fatal refused(StoreException refusal, @Nullable String step) {
        return new StepResult.Fatal(
                refusal.isTooLarge()
                        ? new RequestError(
                                "item-too-large",
                                "The request with its outputs is larger than the database can"
                                        + " store. Submit a smaller request.",
                                step,
                                false)
                        : new RequestError(
                                "write-refused",
                                "The database refused to store the result. Retry the request"
                                        + " once the cause, which is in the log, has been fixed.",
                                step,
                                true),
                true);
    }

    static RequestError unknownType(String type) {
        return new RequestError(
                "unknown-type",
                "No worker knows the request type "
                        + type
                        + ". Retry the request once a release that knows it is deployed.",
                null,
                true);
    }

    static RequestError typeChanged(String type) {
        return new RequestError(
                "type-changed",
                "The request type "
                        + type
                        + " has changed: it no longer begins with the steps that this request has"
                        + " finished. Retry the request once a release with those steps is"
                        + " deployed, or submit a new one.",
                null,
                true);
    }

    static RequestError invalidInput(String pointer) {
        return new RequestError(
                INVALID_INPUT,
                "The input is invalid for this request type"
                        + (pointer.isEmpty() ? "" : " at " + pointer)
                        + ". Submit a new request with a corrected input.",
                null,
                false);
    }

    static RequestError inputIsNotJson() {
        return new RequestError(
                INVALID_INPUT,
                "The input is not JSON. Submit a new request with valid JSON.",
                null,
                false);
    }
}
