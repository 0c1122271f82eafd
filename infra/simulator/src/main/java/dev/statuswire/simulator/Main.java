package dev.statuswire.simulator;

import dev.statuswire.simulator.check.Violation;
import java.util.Optional;

/**
 * {@code Main SEED} replays one schedule and tells what happens in it. Ends with 1 where a
 * guarantee is broken.
 */
public final class Main {

    private Main() {}

    /** Replays the schedule of the seed that is its argument. */
    public static void main(String... arguments) {
        Optional<Violation> broken =
                Schedules.of(Long.parseLong(arguments[0]), what -> System.out.println(what.get()));
        System.out.println(broken.map(Violation::toString).orElse("every guarantee was kept"));
        System.exit(broken.isPresent() ? 1 : 0);
    }
}
