package dev.statuswire.bench.function;

import java.util.function.BooleanSupplier;

/**
 * One event, and how to tell that it was not handled in vain: a function that has found nothing to
 * do would be quicker.
 *
 * @param event JSON
 * @param happened whether what it is about has happened; asked once, after the answer
 */
record Invocation(String event, BooleanSupplier happened) {

    /** One whose answer tells enough. */
    static Invocation of(String event) {
        return new Invocation(event, () -> true);
    }
}
