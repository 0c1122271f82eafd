package dev.statuswire.processor;

import dev.statuswire.core.store.DueRequest;
import java.util.Collection;

/**
 * Has requests looked at when they are due, to the second. A timer may come twice, or never: the
 * sweeper finds whatever is due without one. Thread-safe.
 */
@FunctionalInterface
public interface Timers {

    /** Only the sweeper looks after what is due. */
    Timers NONE = due -> {};

    /** Sets a timer for each. Blocks for calls; one that fails is logged, and not an error. */
    void set(Collection<DueRequest> due);
}
