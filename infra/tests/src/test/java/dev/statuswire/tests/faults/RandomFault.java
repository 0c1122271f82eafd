package dev.statuswire.tests.faults;

import java.time.Duration;
import java.util.Random;

/** Creates random faults. */
final class RandomFault {

    private static final int MAX_DELAY_MILLIS = 300;
    private static final int MAX_BYTES = 400;
    private static final int MAX_CUTS = 5;

    private RandomFault() {}

    /** Returns a random fault, or no fault. */
    static Fault of(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Fault.Delay(Duration.ofMillis(1 + random.nextInt(MAX_DELAY_MILLIS)));
            case 1 -> new Fault.Reset();
            case 2 -> new Fault.HalfOpen();
            case 3 -> new Fault.BlackHole();
            case 4 -> new Fault.Refuse();
            case 5 -> Fault.Cut.every(random.nextInt(MAX_BYTES));
            case 6 -> new Fault.Cut(random.nextInt(MAX_BYTES), "", 1 + random.nextInt(MAX_CUTS));
            default -> new Fault.None();
        };
    }
}
