package dev.statuswire.simulator.check;

import java.util.function.Supplier;

/** Is told what happens, for whoever reads a replay. */
@FunctionalInterface
public interface TraceListener {

    /** Nobody reads. */
    TraceListener NONE = what -> {};

    /** Takes {@code what}, which is not made unless somebody reads it. */
    void tell(Supplier<String> what);
}
