package dev.statuswire.simulator.check;

import java.util.function.Supplier;

/** Is told what happens, for whoever reads a replay. */
@FunctionalInterface
public interface Trace {

    /** Nobody reads. */
    Trace NONE = what -> {};

    /** Takes {@code what}, which is not made unless somebody reads it. */
    void tell(Supplier<String> what);
}
