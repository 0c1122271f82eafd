package dev.statuswire.emulator.function;

import org.jspecify.annotations.Nullable;

/**
 * How one run of a function ended.
 *
 * @param <O> the function's output
 */
public sealed interface Invocation<O> {

    /** It returned, perhaps null. */
    record Returned<O>(@Nullable O output) implements Invocation<O> {}

    /**
     * It threw, or did not return in its time ({@link FunctionTimeoutException}): what Lambda calls
     * a function error.
     */
    record Failed<O>(Throwable error) implements Invocation<O> {}
}
