package dev.statuswire.simulator;

import dev.statuswire.simulator.check.Violation;
import java.util.Optional;

/**
 * Replays one schedule and prints each event in it; usage: {@code Main SEED}. Exits with 1 if the
 * schedule violates a guarantee.
 */
public final class Main {

    private Main() {}

    /** Replays the schedule of the seed in the first argument. */
    public static void main(String... arguments) {
        Optional<Violation> broken =
                Schedules.of(Long.parseLong(arguments[0]), what -> System.out.println(what.get()));
        System.out.println(broken.map(Violation::toString).orElse("no guarantee was violated"));
        System.exit(broken.isPresent() ? 1 : 0);
    }
}
