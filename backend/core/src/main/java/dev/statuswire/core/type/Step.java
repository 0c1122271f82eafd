package dev.statuswire.core.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * One unit of work. Its output is stored before the next step starts, and it is not run again once
 * that is done; until then it may be run again, so what it does outside is to be remembered there
 * under {@link StepContext#effectKey()}. One object serves many requests at once.
 */
public interface Step {

    /**
     * Its name, unique within the type: 1 to {@value RequestTypes#MAX_STEP_NAME} characters, not
     * blank.
     */
    String name();

    /**
     * Does the work. It may block or compute for as long as {@link #timeLimit()}; it runs on a
     * platform thread of a bounded pool. The thread is interrupted when the request is cancelled,
     * when the time limit is over, or when the process stops.
     *
     * @return its output, as JSON at most 8 KiB of UTF-8
     * @throws StepFailed to end the request FAILED
     * @throws TryLater to say why it failed in a way that may pass: the step is run again later, up
     *     to the type's {@link RequestType#maxFailures()}
     * @throws Exception anything else is taken as passing too, but not shown to the user
     */
    JsonNode run(StepContext context) throws Exception;

    /**
     * How long one run may take before it is interrupted and counts as failed: more than 0, at most
     * {@link RequestTypes#MAX_TIME_LIMIT}.
     */
    default Duration timeLimit() {
        return Duration.ofMinutes(10);
    }

    /** A step that is a method. */
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

    /** What {@link #of} makes a step of: as {@link Step#run}. */
    @FunctionalInterface
    interface Work {
        /** As {@link Step#run}. */
        JsonNode run(StepContext context) throws Exception;
    }
}
