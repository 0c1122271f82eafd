package dev.statuswire.simulator.check;

/** Who writes. */
public enum WriterRole {
    /** On a user's behalf. */
    API,
    /** Whoever works on requests: stream processor and worker. */
    WORKER,
    /** Looks after what is due. */
    SWEEPER,
    /** A release that writes what this one does not know. */
    NEWER_RELEASE,
    /** The table itself forgets what has expired. */
    EXPIRY
}
