package dev.statuswire.core.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * One unit of work of a {@link RequestType}. The step's output is stored before the next step
 * starts. A step whose output is stored does not run again for the same request.
 *
 * <p>Until then, a step may run more than once: after a transient failure, after a crash, or when
 * its request moves to another worker. To make its side effects happen once, pass {@link
 * StepContext#effectKey()} to the called service, which can then deduplicate.
 *
 * <p>One object runs for many requests at the same time, so implementations must be thread-safe.
 */
public interface Step {

    /**
     * Returns the step's name, which is unique within the type: 1 to {@value
     * RequestTypes#MAX_STEP_NAME} characters, not blank.
     */
    String name();

    /**
     * Runs the step. It may block or compute for as long as {@link #timeLimit()}. It runs on a
     * platform thread of a bounded pool. The thread is interrupted if the request is cancelled, if
     * another worker has taken the request over, if the time limit is exceeded, or if the process
     * shuts down or the invocation runs out of time.
     *
     * @param context the request, and what the step may report
     * @return the step's output, as JSON of at most 8 KiB of UTF-8; a larger output fails the
     *     request
     * @throws StepFailed to end the request as FAILED, because running the step again would not
     *     help
     * @throws TryLater to report a transient failure with its reason: the step runs again after a
     *     backoff, until the request has failed {@link RequestType#maxFailures()} times
     * @throws Exception any other exception is treated as a transient failure as well, but users
     *     see only that the step failed
     */
    JsonNode run(StepContext context) throws Exception;

    /**
     * Returns how long one run may take: more than 0, at most {@link RequestTypes#MAX_TIME_LIMIT}.
     * A run that takes longer is interrupted and counts as a transient failure. The default is 10
     * minutes.
     */
    default Duration timeLimit() {
        return Duration.ofMinutes(10);
    }

    /**
     * Returns a step that calls {@code work}, with the default time limit.
     *
     * @param name see {@link #name()}
     */
    static Step of(String name, Work work) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public JsonNode run(StepContext context) throws Exception {
                return work.run(context);
            }
        };
    }

    /** The work of a step that {@link #of} creates. */
    @FunctionalInterface
    interface Work {
        /** Runs the step, as {@link Step#run} does. */
        JsonNode run(StepContext context) throws Exception;
    }
}
