package dev.statuswire.api.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many calls wait for a change, of each owner and in the process, because each of them
 * reads the database about twice a second. Thread-safe.
 */
public final class LongPollLimit {

    /** The most of one owner. */
    static final int MAX_OF_OWNER = 200;

    private final int max;

    /** Guarded by this. */
    private final Map<String, Integer> ofOwners = new HashMap<>();

    private int all;

    /**
     * Creates a limit that has counted nothing.
     *
     * @param max how many calls may wait in the process, at least 0
     */
    public LongPollLimit(int max) {
        this.max = max;
    }

    /** Returns whether one more call of {@code owner} may wait; if so, it is to {@link #leave}. */
    public synchronized boolean enter(String owner) {
        if (all >= max || ofOwners.getOrDefault(owner, 0) >= MAX_OF_OWNER) {
            return false;
        }
        all++;
        ofOwners.merge(owner, 1, Integer::sum);
        return true;
    }

    /** Ends the wait of a call that has entered. */
    public synchronized void leave(String owner) {
        all--;
        ofOwners.compute(
                owner, (_, waiting) -> waiting == null || waiting <= 1 ? null : waiting - 1);
    }
}
