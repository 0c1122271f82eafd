package dev.statuswire.core.request;

import java.util.Arrays;

/** The status of one step of a request. */
public enum StepStatus {
    /** Not started. */
    PENDING,
    /** Started by the worker that has claimed the request. */
    RUNNING,
    /** Waits for an answer or a time. */
    WAITING,
    /** Succeeded; its output is committed. */
    SUCCEEDED,
    /** Succeeded, and was undone later. */
    UNDONE,
    /** The step threw an exception or timed out, or its output could not be stored. */
    FAILED,
    /** The request was cancelled while the step ran. This status is shown, but never stored. */
    CANCELLED,
    /** A status that a newer release wrote; {@link StepState#statusText()} is the stored text. */
    UNKNOWN;

    /**
     * Returns the status that is stored as {@code text}, or {@link #UNKNOWN} if this release does
     * not know it.
     */
    public static StepStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
