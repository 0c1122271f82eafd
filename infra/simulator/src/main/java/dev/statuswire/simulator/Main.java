package dev.statuswire.simulator;

import dev.statuswire.simulator.check.Violation;
import java.util.Optional;

/**
 * Replays one schedule and prints what happens in it: {@code Main SEED}. Exits with 1 if a
 * guarantee is broken.
 */
public final class Main {

    private Main() {}

    /** Replays the schedule whose seed is the argument. */
    public static void main(String... arguments) {
        Optional<Violation> broken =
                ScheduleRunner.of(
                        Long.parseLong(arguments[0]), what -> System.out.println(what.get()));
        System.out.println(broken.map(Violation::toString).orElse("all guarantees were kept"));
        System.exit(broken.isPresent() ? 1 : 0);
    }
}
