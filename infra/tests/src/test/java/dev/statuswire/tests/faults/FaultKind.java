package dev.statuswire.tests.faults;

import java.time.Duration;

/** One of each kind of fault, for tests that try all of them. */
enum FaultKind {
    DELAY,
    RESET,
    REFUSE,
    HALF_OPEN,
    BLACK_HOLE,
    RESPONSE_LOST,
    RESPONSE_CUT;

    /**
     * Returns the fault.
     *
     * @param delay the delay of each piece of a response
     * @param cutAfter how many bytes of a response pass; fewer than the response has
     */
    Fault fault(Duration delay, int cutAfter) {
        return switch (this) {
            case DELAY -> new Fault.Delay(delay);
            case RESET -> new Fault.Reset();
            case REFUSE -> new Fault.Refuse();
            case HALF_OPEN -> new Fault.HalfOpen();
            case BLACK_HOLE -> new Fault.BlackHole();
            case RESPONSE_LOST -> Fault.Cut.every(0);
            case RESPONSE_CUT -> Fault.Cut.every(cutAfter);
        };
    }

    /** Returns whether no call gets its response while the fault lasts. */
    boolean stops() {
        return this != DELAY;
    }
}
