package dev.statuswire.core.function;

/**
 * Does once what a handler does at each invocation, so that it is loaded and compiled already in a
 * snapshot of the function. It changes nothing outside, and leaves no connection behind that the
 * snapshot would carry: what it calls, it calls with clients of its own that it closes again.
 */
@FunctionalInterface
public interface Priming {

    /** Nothing to do. */
    Priming NONE = () -> {};

    /**
     * Runs before the snapshot is taken.
     *
     * @throws Exception which is logged, and no more: what was not primed is slower the first time
     */
    void prime() throws Exception;
}
