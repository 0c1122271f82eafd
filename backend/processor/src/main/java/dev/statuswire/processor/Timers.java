package dev.statuswire.processor;

import dev.statuswire.core.store.DueRequest;
import java.util.Collection;

/**
 * Has requests handled when they are due, to the second. A timer may go off twice, or never: the
 * sweeper finds every due request without one. Thread-safe.
 */
@FunctionalInterface
public interface Timers {

    /** Sets no timers: the sweeper alone finds due requests. */
    Timers NONE = due -> {};

    /** Sets a timer for each. Blocks for calls; one that fails is logged, and not an error. */
    void set(Collection<DueRequest> due);
}
