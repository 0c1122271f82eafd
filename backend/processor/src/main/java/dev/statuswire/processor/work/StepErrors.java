package dev.statuswire.processor.work;

import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.core.type.TryLater;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Creates the errors that users see. They contain no internal details. */
final class StepErrors {

    static final String INVALID_INPUT = "invalid-input";

    private StepErrors() {}

    static StepResult of(Throwable thrown, String step) {
        return switch (thrown) {
            case StepFailed failed ->
                    new StepResult.Fatal(
                            new RequestError(failed.code(), failed.explanation(), step, false));
            case TryLater later ->
                    new StepResult.Transient(
                            new RequestError(later.code(), later.explanation(), step, true));
            default ->
                    new StepResult.Transient(
                            new RequestError(
                                    "step-failed",
                                    "The step " + step + " failed because of an internal error.",
                                    step,
                                    true));
        };
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
        return new StepResult.Fatal(new RequestError("output-too-large", message, step, false));
    }

    static StepResult outputNotUnicode(String step) {
        String message =
                "The step "
                        + step
                        + " returned text with half of a surrogate pair, which cannot be stored.";
        return new StepResult.Fatal(new RequestError("output-not-unicode", message, step, false));
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
                                true));
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

    static RequestError inputIsNotJson() {
        return new RequestError(
                INVALID_INPUT,
                "The input is not JSON. Submit a new request with valid JSON.",
                null,
                false);
    }
}
