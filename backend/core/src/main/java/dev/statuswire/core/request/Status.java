package dev.statuswire.core.request;

/** Where a request stands. The last three are final until its user asks for a retry. */
public enum Status {
    /** Stored; nobody works on it. */
    ACCEPTED,
    /** Claimed by a worker. */
    RUNNING,
    /** A step failed in a way that may pass; it is due again later. */
    RETRYING,
    /** Every step is done. */
    SUCCEEDED,
    /** Ended by a step, or out of tries. */
    FAILED,
    /** Ended by its user. */
    CANCELLED;

    /** Whether nothing more happens to it by itself. */
    public boolean finished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
