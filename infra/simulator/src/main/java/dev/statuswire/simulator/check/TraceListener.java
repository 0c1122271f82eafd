package dev.statuswire.simulator.check;

import java.util.function.Supplier;

/** Receives the events of a schedule, for example to print a replay. */
@FunctionalInterface
public interface TraceListener {

    /** Ignores all events. */
    TraceListener NONE = what -> {};

    /** Receives an event. {@code what} is evaluated only if the event is used. */
    void tell(Supplier<String> what);
}
