package dev.statuswire.core.request;

/** Where one step of a request stands. */
public enum StepStatus {
    /** Not begun. */
    PENDING,
    /** Begun by the worker that holds the request. */
    RUNNING,
    /** Its output is committed. */
    SUCCEEDED,
    /** It threw. */
    FAILED,
    /** The request was cancelled while it ran; shown, never stored. */
    CANCELLED
}
