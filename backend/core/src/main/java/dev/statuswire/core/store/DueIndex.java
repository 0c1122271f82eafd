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
     * What is due at {@code now}. Whatever an entry's partition is, it is found: at the latest in
     * one of {@value DynamoDbDueIndex#SEGMENTS} calls of successive minutes.
     *
     * @param limitPerShard at least so many of each partition are found, the longest overdue first;
     *     at least 1
     */
    List<DueRequest> dueAt(Instant now, int limitPerShard);

    /**
     * Estimates how many unfinished requests {@code owner} has.
     *
     * @param limit what the number is compared with, at least 1; the estimate is exact enough for
     *     it, and may stop there
     */
    long unfinishedOf(String owner, long limit);
}
