package dev.statuswire.core.request;

import java.util.Arrays;

/** Where a request stands. */
public enum Status {
    /** Stored; no worker has claimed it. */
    ACCEPTED,
    /** Claimed by a worker. */
    RUNNING,
    /** A step failed in a way that may pass; it is due again later. */
    RETRYING,
    /** Every step is done. */
    SUCCEEDED,
    /** Ended by a step, or out of attempts. */
    FAILED,
    /** Ended by its user. */
    CANCELLED,
    /**
     * A status of a newer release. It is never stored by this one: {@link Request#statusText()} has
     * what is stored. Nothing can be done about such a request here; it is only shown.
     */
    UNKNOWN;

    /** The status that is stored as {@code text}; {@link #UNKNOWN} if this release has none. */
    public static Status of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Whether nothing more happens to it until its user retries it. */
    public boolean finished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Whether work on it is still to be done, or under way. */
    public boolean unfinished() {
        return this == ACCEPTED || this == RUNNING || this == RETRYING;
    }
}
