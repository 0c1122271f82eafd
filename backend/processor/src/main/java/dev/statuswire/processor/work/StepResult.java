package dev.statuswire.processor.work;

import dev.statuswire.core.request.RequestError;

/** How a run of a step ended. */
sealed interface StepResult {

    /**
     * It returned.
     *
     * @param output JSON text
     */
    record Returned(String output) implements StepResult {}

    /** It wants the request to end FAILED. */
    record Fatal(RequestError error) implements StepResult {}

    /** It failed in a way that may pass. */
    record Passing(RequestError error) implements StepResult {}

    /** It was stopped, since this worker may not go on. */
    record Stopped(Reason reason) implements StepResult {}

    /** Why a worker may not go on. */
    enum Reason {
        /** The user wants the request stopped. */
        CANCEL_WANTED,
        /** Somebody else has the request. */
        LOST,
        /** The time that the request may take here is over; it goes on elsewhere. */
        OUT_OF_TIME,
        /** A whole invocation is nearly over. No other one is longer. */
        OUT_OF_INVOCATION
    }
}
