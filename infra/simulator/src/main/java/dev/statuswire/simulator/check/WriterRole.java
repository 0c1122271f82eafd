package dev.statuswire.simulator.check;

/** The role of a writer. */
public enum WriterRole {
    /** Writes on behalf of users. */
    API,
    /** Processes requests: stream processor and worker. */
    WORKER,
    /** Offers or finishes due requests: sweeper and timer handler. */
    SWEEPER,
    /** A release that writes values which this release does not know. */
    NEWER_RELEASE,
    /** The table itself, which deletes expired items. */
    EXPIRY
}
