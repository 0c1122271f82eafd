package dev.statuswire.processor;

import dev.statuswire.core.store.DueRequest;
import java.util.Collection;

/**
 * Sets timers, which cause requests to be offered at their due time, accurate to the second. A
 * timer may fire twice, or never, and there is none for a distant time: the sweeper also finds due
 * requests that have no timer. Thread-safe.
 */
@FunctionalInterface
public interface Timers {

    /** Sets no timers, so that the sweeper alone offers due requests. */
    Timers NONE = due -> {};

    /**
     * Sets a timer for each request. Blocks for the calls. A call that fails is logged and not
     * thrown.
     */
    void set(Collection<DueRequest> due);
}
