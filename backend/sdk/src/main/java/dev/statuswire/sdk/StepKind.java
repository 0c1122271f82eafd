package dev.statuswire.sdk;

/** What a step does. */
public enum StepKind {
    /** Runs code. */
    WORK,
    /** Waits for a time. No process runs meanwhile. */
    DELAY,
    /** Waits for an answer of a person or another system. No process runs meanwhile. */
    ANSWER
}
