package dev.statuswire.core.store;

import java.time.Instant;
import java.util.List;

/**
 * The index of unfinished requests. It follows the table a little late, so what it says is a hint:
 * every write on it is conditioned on the item. Calls block and throw {@link StoreException}.
 * Thread-safe.
 */
public interface DueIndex {

    /**
     * What is due at {@code now}, the longest overdue of each shard first.
     *
     * @param limitPerShard at most so many of each of the 64 shards, at least 1
     */
    List<DueRequest> dueAt(Instant now, int limitPerShard);

    /** How many unfinished requests {@code owner} has, about. */
    long unfinishedOf(String owner);
}
