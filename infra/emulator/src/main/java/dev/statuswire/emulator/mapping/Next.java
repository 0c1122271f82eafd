package dev.statuswire.emulator.mapping;

import java.util.List;

/** What becomes of a batch after an invocation. */
sealed interface Next {

    /** Nothing is left to do. */
    record Finished() implements Next {}

    /**
     * The first {@code done} records are finished, the others go again.
     *
     * @param rest in order; never none
     */
    record Again(int done, List<Batch> rest) implements Next {}

    /** The first {@code done} records are finished, {@code lost} is discarded. */
    record GiveUp(int done, Batch lost, Condition condition) implements Next {}
}
