package dev.statuswire.tests.faults;

import java.time.Duration;

/** Each fault once, for tests that try them all. */
enum FaultKind {
    DELAY,
    RESET,
    REFUSE,
    HALF_OPEN,
    BLACK_HOLE,
    ANSWER_LOST,
    ANSWER_CUT;

    /**
     * The fault itself.
     *
     * @param delay of each piece of an answer
     * @param cutAfter bytes of an answer, so few that it is not whole
     */
    Fault fault(Duration delay, int cutAfter) {
        return switch (this) {
            case DELAY -> new Fault.Delay(delay);
            case RESET -> new Fault.Reset();
            case REFUSE -> new Fault.Refuse();
            case HALF_OPEN -> new Fault.HalfOpen();
            case BLACK_HOLE -> new Fault.BlackHole();
            case ANSWER_LOST -> Fault.Cut.every(0);
            case ANSWER_CUT -> Fault.Cut.every(cutAfter);
        };
    }

    /** Whether no call gets its answer while it lasts. */
    boolean stops() {
        return this != DELAY;
    }
}
