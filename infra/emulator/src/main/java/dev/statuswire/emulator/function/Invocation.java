package dev.statuswire.emulator.function;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one invocation of a function.
 *
 * @param <O> the function's output
 */
public sealed interface Invocation<O> {

    /** The function returned; {@code output} may be null. */
    record Returned<O>(@Nullable O output) implements Invocation<O> {}

    /**
     * The function threw an exception or timed out ({@link FunctionTimeoutException}). Lambda calls
     * this a function error.
     */
    record Failed<O>(Throwable error) implements Invocation<O> {}
}
