package dev.statuswire.core.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.request.Request;
import java.util.Optional;

/** What a running step can read and report. Thread-safe. */
public interface StepContext {

    /** Returns the request, as it was when this run started. */
    Request request();

    /** Returns the request's input. */
    JsonNode input();

    /**
     * Converts the request's input to {@code type}, such as a record. Properties that {@code type}
     * does not have are ignored.
     *
     * @throws StepFailed with the code {@code invalid-input} if the input does not fit {@code type}
     */
    <T> T input(Class<T> type) throws StepFailed;

    /**
     * Returns the stored output of an earlier step.
     *
     * @param step the name of the step
     * @return empty if no step with this name has finished
     */
    Optional<JsonNode> output(String step);

    /**
     * Returns a key that identifies the side effect of this step: every run of this step for this
     * request has the same key, and no other step or request has it. Pass it to the called service,
     * so that the service can deduplicate.
     */
    String effectKey();

    /**
     * Returns how often the request was claimed since it was accepted or retried, at least 1. If
     * this run has no claim, it is the first attempt.
     */
    int attempt();

    /**
     * Returns how often a step of the request has failed transiently since the request was accepted
     * or retried.
     */
    int failures();

    /**
     * Reports the progress of this step. Never blocks. At most one update is written per second;
     * only the newest one is kept until then.
     *
     * @param percent of this step, 0 to 100
     * @param message for users; truncated after 200 characters
     */
    void progress(int percent, String message);

    /**
     * Returns whether the step should stop, because the user has cancelled the request, another
     * worker has taken it over, or the current thread is interrupted. The output of the step will
     * then be discarded. Reads the database at most once a second, and may block for that.
     */
    boolean cancelled();
}
