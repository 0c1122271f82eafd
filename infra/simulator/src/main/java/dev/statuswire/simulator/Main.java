package dev.statuswire.simulator;

import dev.statuswire.simulator.Schedules.Broken;
import dev.statuswire.simulator.check.Violation;
import java.util.Optional;

/**
 * {@code Main SEED} replays one schedule and tells what happens in it; {@code Main FIRST COUNT}
 * runs so many. Ends with 1 where a guarantee is broken.
 */
public final class Main {

    private Main() {}

    /** Does what its one or two numbers say. */
    public static void main(String... arguments) {
        long first = Long.parseLong(arguments[0]);
        Optional<String> broken =
                arguments.length == 1
                        ? replay(first)
                        : Schedules.run(first, Long.parseLong(arguments[1])).map(Broken::toString);
        System.out.println(broken.orElse("every guarantee was kept"));
        System.exit(broken.isPresent() ? 1 : 0);
    }

    private static Optional<String> replay(long seed) {
        return Schedules.of(seed, what -> System.out.println(what.get())).map(Violation::toString);
    }
}
