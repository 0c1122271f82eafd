package dev.statuswire.simulator.chance;

/** What may go wrong, or happen at a bad moment. */
public enum SimulatedFault {
    /** A call of the database is refused, and nothing is done. */
    THROTTLED(3),
    /** A call of the database is done, but answered with a time-out. */
    ANSWER_LOST(3),
    /**
     * A write is given up, and is done up to a lease later; meanwhile the caller has sent it again,
     * or has been told that it failed.
     */
    WRITE_LATE(1),
    /** The process dies before a write. */
    CRASH_BEFORE(6),
    /** The process dies after a write. */
    CRASH_AFTER(6),
    /** A call takes up to seconds. */
    SLOW(3),
    /** The process's wall clock is set, by up to an hour. */
    CLOCK_SET(6),
    /** The process stands still for longer than a lease, and comes back. */
    PAUSED(5),
    /** Whoever runs it is told to stop, politely. */
    STOPPED(4),
    /** A stream record never comes. */
    RECORD_LOST(3),
    /** A stream record comes twice, at once or much later. */
    RECORD_TWICE(2),
    /** Records of a batch change places. */
    RECORDS_REORDERED(2),
    /** A stream record shows late. */
    RECORD_LATE(2),
    /** An invocation is done, but its caller hears that it failed. */
    RESPONSE_LOST(3),
    /** The position in a shard is no longer good. */
    ITERATOR_EXPIRED(3),
    /** The shard ends, and another one follows it. */
    SHARD_CLOSED(4),
    /** What was handed to the worker never comes. */
    HAND_OVER_LOST(2),
    /** What was handed to the worker comes twice. */
    HAND_OVER_TWICE(2),
    /** A timer never goes off. */
    TIMER_LOST(2),
    /** A timer goes off twice. */
    TIMER_TWICE(2),
    /** A push is answered, but not sent. */
    PUSH_LOST(3),
    /** A push comes twice. */
    PUSH_TWICE(2),
    /** A push comes after later ones. */
    PUSH_LATE(2),
    /** The gateway has no time, whether it sends or not. */
    PUSH_BUSY(2),
    /** A connection ends. */
    SOCKET_DROPPED(5),
    /** A step fails in a way that may pass. */
    STEP_FAILS(2),
    /** A step ends its request. */
    STEP_REJECTS(3),
    /** A step takes longer than it may, longer than a lease, or does not heed an interrupt. */
    STEP_SLOW(2);

    private final int rarity;

    SimulatedFault(int rarity) {
        this.rarity = rarity;
    }

    /** At most one in two to the power of this. */
    int rarity() {
        return rarity;
    }
}
