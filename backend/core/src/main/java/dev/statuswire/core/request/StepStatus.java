package dev.statuswire.core.request;

import java.util.Arrays;

/** Where one step of a request stands. */
public enum StepStatus {
    /** Not started. */
    PENDING,
    /** Started by the worker that holds the request. */
    RUNNING,
    /** Its output is committed. */
    SUCCEEDED,
    /** It threw. */
    FAILED,
    /** The request was cancelled while it ran; shown, never stored. */
    CANCELLED,
    /** A status of a newer release: {@link StepState#statusText()} has what is stored. */
    UNKNOWN;

    /** The status that is stored as {@code text}; {@link #UNKNOWN} if this release has none. */
    public static StepStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
