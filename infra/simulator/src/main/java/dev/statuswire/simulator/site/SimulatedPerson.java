package dev.statuswire.simulator.site;

import dev.statuswire.simulator.live.PageServer.ServerError;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Someone who makes calls at random times, and repeats each until a response arrives. */
abstract class SimulatedPerson {

    static final Duration SOON = Duration.ofSeconds(2);
    static final Duration LATER = Duration.ofSeconds(50);

    private static final Duration AGAIN = Duration.ofSeconds(3);

    final DurableState world;
    final SimulatedSystem statuswire;
    private final String name;
    private int running;

    SimulatedPerson(DurableState world, SimulatedSystem statuswire, String name) {
        this.world = world;
        this.statuswire = statuswire;
        this.name = name;
    }

    final void later(Duration latest, Runnable what) {
        running++;
        world.scheduler()
                .startAfter(
                        world.choices().upTo(latest),
                        name,
                        () -> {
                            what.run();
                            running--;
                        });
    }

    /** Returns whether the person has nothing more to do. */
    public final boolean isDone() {
        return running == 0;
    }

    final void untilResponse(Supplier<Boolean> call) {
        boolean answered = false;
        while (!answered) {
            try {
                answered = call.get();
            } catch (ServerError repeated) {
                world.scheduler().sleep(world.choices().upTo(AGAIN));
            }
        }
    }

    static Instant now(SimulatedComponents api) {
        return api.host().timeAndRandomness().clock().instant();
    }
}
