package dev.statuswire.simulator.site;

import dev.statuswire.simulator.chance.SimulatedFault;
import java.time.Duration;
import java.util.function.Supplier;

/** Interrupts work, as the orderly shutdown of a process does. */
final class Interruptions {

    private static final Duration LATEST = Duration.ofSeconds(5);

    private Interruptions() {}

    /** Runs {@code work}. If the fault happens, interrupts it at a random time. */
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
