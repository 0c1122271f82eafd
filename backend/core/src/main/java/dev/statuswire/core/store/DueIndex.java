package dev.statuswire.core.store;

import java.time.Instant;
import java.util.List;

/**
 * The index of unfinished requests. It is updated slightly later than the table, so its entries are
 * hints: every write that follows from them is conditional on the item. Calls block and throw
 * {@link StoreException}. Thread-safe.
 */
public interface DueIndex {

    /**
     * Returns the requests that are due at {@code now}. Entries in all partitions are found, at the
     * latest after {@value DynamoDbDueIndex#SEGMENTS} calls in successive minutes.
     *
     * @param limitPerShard the minimum number of requests to find in each partition (all of them,
     *     if it has fewer), the longest overdue first; at least 1
     */
    List<DueRequest> dueAt(Instant now, int limitPerShard);

    /**
     * Estimates how many unfinished requests {@code owner} has.
     *
     * @param limit the number that the result is compared with, at least 1; the estimate is exact
     *     enough for this comparison, and may stop counting at the limit
     */
    long unfinishedOf(String owner, long limit);
}
