package dev.statuswire.emulator.mapping;

/** What an invocation said about its batch. */
sealed interface Outcome {

    /** All of it is done. */
    record Done() implements Outcome {}

    /** Done before the record at {@code index}, to be done again from it on. */
    record FailedFrom(int index) implements Outcome {}

    /** The invocation itself failed: the function threw or ran out of time. */
    record Threw(Throwable cause) implements Outcome {}
}
