package dev.statuswire.processor.work;

import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Wait;
import java.time.Instant;

/** How a run of a step ended. */
sealed interface StepResult {

    /**
     * The step returned.
     *
     * @param output JSON text
     */
    record Returned(String output) implements StepResult {}

    /**
     * The step waits, and no worker is needed meanwhile.
     *
     * @param until when the wait ends at the latest
     */
    record Waits(Wait what, Instant until) implements StepResult {}

    /**
     * The step failed, and the request ends FAILED.
     *
     * @param mayHaveEffect whether the step may have had its effect, so that it is undone as well
     */
    record Fatal(RequestError error, boolean mayHaveEffect) implements StepResult {}

    /** The step failed in a way that a retry may fix. */
    record Transient(RequestError error) implements StepResult {}

    /** The step was stopped, because this worker must not continue. */
    record Stopped(StopReason reason) implements StepResult {}

    /** Why a worker must not continue. */
    enum StopReason {
        /** The user has cancelled the request. */
        CANCEL_REQUESTED,
        /** Another worker or the sweeper has the request. */
        LOST,
        /** The time that the request may take here is over; another worker continues it. */
        OUT_OF_TIME,
        /** A whole invocation is nearly over. No other invocation would be longer. */
        INVOCATION_TIME_OVER
    }
}
