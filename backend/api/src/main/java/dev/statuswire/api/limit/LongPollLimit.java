package dev.statuswire.api.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many calls may wait for a change, for each owner and for the whole process, because
 * each waiting call reads the database about twice a second. Thread-safe.
 */
public final class LongPollLimit {

    /** How many calls of one owner may wait. */
    static final int MAX_OF_OWNER = 200;

    private final int max;

    /** Guarded by this. */
    private final Map<String, Integer> byOwner = new HashMap<>();

    private int all;

    /**
     * Creates a limit that has counted nothing.
     *
     * @param max how many calls may wait in the process, at least 0
     */
    public LongPollLimit(int max) {
        this.max = max;
    }

    /**
     * Returns whether one more call of {@code owner} may wait. If so, it must {@link #leave} when
     * its wait ends.
     */
    public synchronized boolean enter(String owner) {
        if (all >= max || byOwner.getOrDefault(owner, 0) >= MAX_OF_OWNER) {
            return false;
        }
        all++;
        byOwner.merge(owner, 1, Integer::sum);
        return true;
    }

    /** Ends the wait of a call for which {@link #enter} returned true. */
    public synchronized void leave(String owner) {
        all--;
        byOwner.compute(
                owner, (_, waiting) -> waiting == null || waiting <= 1 ? null : waiting - 1);
    }
}
