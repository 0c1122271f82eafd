package dev.statuswire.simulator.site;

import dev.statuswire.simulator.chance.SimulatedFault;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells work to stop, politely, as the end of a process does. */
final class Interruptions {

    private static final Duration LATEST = Duration.ofSeconds(5);

    private Interruptions() {}

    /** Does {@code work}, and interrupts it at some time where chance says so. */
    static <T> T during(DurableState world, Supplier<T> work) {
        if (!world.choices().happens(SimulatedFault.STOPPED)) {
            return work.get();
        }
        Thread thread = Thread.currentThread();
        boolean[] over = {false};
        world.scheduler()
                .startAfter(
                        world.choices().upTo(LATEST),
                        "stop",
                        () -> {
                            if (!over[0]) {
                                thread.interrupt();
                            }
                        });
        try {
            return work.get();
        } finally {
            over[0] = true;
        }
    }
}
