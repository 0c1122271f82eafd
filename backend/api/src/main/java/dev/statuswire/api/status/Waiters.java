package dev.statuswire.api.status;

import java.util.HashMap;
import java.util.Map;

/**
 * How many calls wait for a change, of each owner and in the process. Each reads the database about
 * twice a second, so both are bounded. Thread-safe.
 */
final class Waiters {

    /** The most of one owner. */
    static final int MAX_OF_OWNER = 200;

    /** The most of the process. */
    static final int MAX = 1_000;

    /** Guarded by this. */
    private final Map<String, Integer> ofOwners = new HashMap<>();

    private int all;

    /** Returns whether one more call of {@code owner} may wait; if so, it is to {@link #leave}. */
    synchronized boolean enter(String owner) {
        if (all >= MAX || ofOwners.getOrDefault(owner, 0) >= MAX_OF_OWNER) {
            return false;
        }
        all++;
        ofOwners.merge(owner, 1, Integer::sum);
        return true;
    }

    /** Ends the wait of a call that has entered. */
    synchronized void leave(String owner) {
        all--;
        ofOwners.compute(
                owner, (_, waiting) -> waiting == null || waiting <= 1 ? null : waiting - 1);
    }
}
