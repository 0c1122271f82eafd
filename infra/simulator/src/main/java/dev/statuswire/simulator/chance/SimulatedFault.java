package dev.statuswire.simulator.chance;

/** A fault that the simulator injects, or an event that it causes at a bad moment. */
public enum SimulatedFault {
    /** The database rejects a call and does nothing. */
    THROTTLED(3),
    /** The database executes a call, but the caller gets a timeout. */
    ANSWER_LOST(3),
    /**
     * A write is abandoned and then executed up to a lease later. Meanwhile, the caller has sent it
     * again, or has received a failure.
     */
    WRITE_LATE(1),
    /** The process dies before a write. */
    CRASH_BEFORE(6),
    /** The process dies after a write. */
    CRASH_AFTER(6),
    /** A call takes up to a few seconds. */
    SLOW(3),
    /** The process's wall clock is set, by up to an hour. */
    CLOCK_SET(6),
    /** The process pauses, possibly for longer than a lease, and resumes. */
    PAUSED(5),
    /** An invocation is interrupted, as in an orderly shutdown. */
    STOPPED(4),
    /** A stream record is never delivered. */
    RECORD_LOST(3),
    /** A stream record is delivered twice, at once or much later. */
    RECORD_TWICE(2),
    /** Records of a batch are reordered. */
    RECORDS_REORDERED(2),
    /** A stream record becomes visible late. */
    RECORD_LATE(2),
    /** An invocation succeeds, but its caller gets a failure. */
    RESPONSE_LOST(3),
    /** A shard iterator expires. */
    ITERATOR_EXPIRED(3),
    /** A shard closes, and another one follows it. */
    SHARD_CLOSED(4),
    /** A request that was handed to the worker is lost. */
    HAND_OVER_LOST(2),
    /** A request that was handed to the worker arrives twice. */
    HAND_OVER_TWICE(2),
    /** A timer never fires. */
    TIMER_LOST(2),
    /** A timer fires twice. */
    TIMER_TWICE(2),
    /** A push gets a success response, but is not sent. */
    PUSH_LOST(3),
    /** A push arrives twice. */
    PUSH_TWICE(2),
    /** A push arrives after later ones. */
    PUSH_LATE(2),
    /** The gateway responds that it is busy, whether or not it sends the frame. */
    PUSH_BUSY(2),
    /** A connection is dropped. */
    SOCKET_DROPPED(5),
    /** A step fails transiently. */
    STEP_FAILS(2),
    /** A step fails its request. */
    STEP_REJECTS(3),
    /** A step exceeds its time limit or a lease, or ignores an interrupt. */
    STEP_SLOW(2);

    private final int rarity;

    SimulatedFault(int rarity) {
        this.rarity = rarity;
    }

    /**
     * Returns the exponent of the highest rate: the fault happens at most once in two to the power
     * of this.
     */
    int rarity() {
        return rarity;
    }
}
