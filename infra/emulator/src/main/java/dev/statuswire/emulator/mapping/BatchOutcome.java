package dev.statuswire.emulator.mapping;

/** What an invocation said about its batch. */
sealed interface BatchOutcome {

    /** All of it is done. */
    record Done() implements BatchOutcome {}

    /** Done before the record at {@code index}, to be done again from it on. */
    record FailedFrom(int index) implements BatchOutcome {}

    /** The invocation itself failed: the function threw or ran out of time. */
    record Threw(Throwable cause) implements BatchOutcome {}
}
