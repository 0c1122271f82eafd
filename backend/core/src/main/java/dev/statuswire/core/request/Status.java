package dev.statuswire.core.request;

import java.util.Arrays;

/** The status of a request. */
public enum Status {
    /** Stored, and not to be offered to a worker before a time that the user has chosen. */
    SCHEDULED,
    /** Stored, and waiting for a worker to claim it. */
    ACCEPTED,
    /** Claimed by a worker. */
    RUNNING,
    /** A step failed transiently. The request is due again after a backoff. */
    RETRYING,
    /** Paused until an answer or a time; no worker has it meanwhile. */
    WAITING,
    /** All steps have succeeded. */
    SUCCEEDED,
    /** Ended by a step, by too many failures or attempts, or because no worker could run it. */
    FAILED,
    /** Ended by the user. */
    CANCELLED,
    /**
     * A status that a newer release wrote. This release never stores it; {@link
     * Request#statusText()} is the stored text. This release shows such a request and does nothing
     * else with it.
     */
    UNKNOWN;

    /**
     * Returns the status that is stored as {@code text}, or {@link #UNKNOWN} if this release does
     * not know it.
     */
    public static Status of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /**
     * Returns whether the request has ended. A finished status changes only when the user retries
     * the request.
     */
    public boolean finished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Returns whether the request still has work to be done or in progress. */
    public boolean unfinished() {
        return switch (this) {
            case SCHEDULED, ACCEPTED, RUNNING, RETRYING, WAITING -> true;
            case SUCCEEDED, FAILED, CANCELLED, UNKNOWN -> false;
        };
    }
}
