package dev.statuswire.processor.work;

import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.core.type.TryLater;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a user is told of what went wrong. Nothing of the inside is in it. */
final class StepErrors {

    static final String INVALID_INPUT = "invalid-input";

    private StepErrors() {}

    static StepResult of(Throwable thrown, String step) {
        return switch (thrown) {
            case StepFailed failed ->
                    new StepResult.Fatal(
                            new RequestError(failed.code(), failed.explanation(), step, false));
            case TryLater later ->
                    new StepResult.Passing(
                            new RequestError(later.code(), later.explanation(), step, true));
            default ->
                    new StepResult.Passing(
                            new RequestError(
                                    "step-failed", "The step " + step + " failed.", step, true));
        };
    }

    static StepResult timedOut(String step, Duration limit) {
        String message = "The step " + step + " took longer than " + limit.toSeconds() + " s.";
        return new StepResult.Passing(new RequestError("step-timed-out", message, step, true));
    }

    static StepResult outputTooLarge(String step) {
        String message =
                "The step %s returned more than %d bytes."
                        .formatted(step, StepState.MAX_OUTPUT_BYTES);
        return new StepResult.Fatal(new RequestError("output-too-large", message, step, false));
    }

    static StepResult outputNotUnicode(String step) {
        String message = "The step " + step + " returned a text that has half of a surrogate pair.";
        return new StepResult.Fatal(new RequestError("output-not-unicode", message, step, false));
    }

    /** The database will never store what came of the step. */
    static StepResult.Fatal refused(StoreException refusal, @Nullable String step) {
        return new StepResult.Fatal(
                refusal.isTooLarge()
                        ? new RequestError(
                                "item-too-large",
                                "The request with its outputs is larger than the database stores.",
                                step,
                                false)
                        : new RequestError(
                                "write-refused",
                                "The database refused to store the outcome.",
                                step,
                                true));
    }

    static RequestError unknownType(String type) {
        return new RequestError(
                "unknown-type", "No worker knows the request type " + type + ".", null, true);
    }

    static RequestError inputIsNotJson() {
        return new RequestError(INVALID_INPUT, "The input is not JSON.", null, false);
    }
}
