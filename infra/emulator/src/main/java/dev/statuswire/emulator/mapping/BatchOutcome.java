package dev.statuswire.emulator.mapping;

/** The outcome of an invocation for its batch. */
sealed interface BatchOutcome {

    /** All records are done. */
    record Done() implements BatchOutcome {}

    /** The records before {@code index} are done; the others must be retried. */
    record FailedFrom(int index) implements BatchOutcome {}

    /** The invocation failed: the function threw an exception or timed out. */
    record Threw(Throwable cause) implements BatchOutcome {}
}
