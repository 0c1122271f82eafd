package dev.statuswire.core.type;

/** How long the work of a type takes, which decides who does it. */
public enum Pace {
    /**
     * Seconds at most: done inside the stream processor's own invocation, so it starts at once.
     * What turns out slow is handed back and goes to the worker. A type of one step is the quickest
     * and the cheapest: unless something goes wrong, it needs no claim.
     */
    QUICK,
    /** Up to hours: handed to the worker, so that it holds up nothing else. */
    SLOW
}
