package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The records and failed batches of one lane. It decides what the lane does next: first the failed
 * batches, in order, then the waiting records. {@link ShardLane} carries the decisions out.
 *
 * <p>Thread-safe: the reader adds records, the lane takes batches.
 */
final class LaneQueue {

    /** Lambda's limit for a synchronous payload, in bytes. */
    static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    /** The size of {@code {"Records":[]}} in bytes. */
    private static final int ENVELOPE = 14;

    private final int batchSize;
    private final Duration maximumAge;
    private final Deque<BatchRecord> waiting = new ArrayDeque<>();
    private final Deque<Batch> failed = new ArrayDeque<>();
    private Instant retryAt = Instant.MIN;

    /**
     * @param batchSize the maximum number of records in a batch
     * @param maximumAge the age above which a record is discarded
     */
    LaneQueue(int batchSize, Duration maximumAge) {
        this.batchSize = batchSize;
        this.maximumAge = maximumAge;
    }

    /** What the lane does next. */
    sealed interface Action {

        /** Wait until records are added. */
        record Idle() implements Action {}

        /** Wait until {@code moment}, or until records are added. */
        record NotBefore(Instant moment) implements Action {}

        /** Invoke the function with this batch. */
        record Invoke(Batch batch) implements Action {}

        /** Discard this batch without an invocation. */
        record Discard(Batch batch, DiscardReason condition) implements Action {}
    }

    synchronized void add(List<BatchRecord> added) {
        waiting.addAll(added);
    }

    /**
     * Enqueues failed batches before everything else, in this order. They are retried at {@code
     * moment} or later.
     */
    synchronized void retry(List<Batch> batches, Instant moment) {
        batches.reversed().forEach(failed::addFirst);
        retryAt = moment;
    }

    /** Returns what the lane does next. The lane calls it when it is free. */
    synchronized Action next(Instant now) {
        if (!failed.isEmpty()) {
            return now.isBefore(retryAt)
                    ? new Action.NotBefore(retryAt)
                    : action(failed.removeFirst(), now);
        }
        return waiting.isEmpty() ? new Action.Idle() : action(Batch.of(takeWaiting()), now);
    }

    /** Takes as many records as fit into a batch and its payload, at least one. */
    private List<BatchRecord> takeWaiting() {
        List<BatchRecord> taken = new ArrayList<>();
        long bytes = ENVELOPE;
        while (!waiting.isEmpty() && taken.size() < batchSize) {
            bytes += waiting.getFirst().bytes() + 1L;
            if (!taken.isEmpty() && bytes > PAYLOAD_LIMIT) {
                return taken;
            }
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    private Action action(Batch batch, Instant now) {
        int old = countTooOld(batch, now);
        if (old == 0) {
            return new Action.Invoke(batch);
        }
        if (old < batch.size()) {
            failed.addFirst(batch.part(old, batch.size()));
        }
        return new Action.Discard(batch.part(0, old), DiscardReason.RECORD_AGE_EXCEEDED);
    }

    private int countTooOld(Batch batch, Instant now) {
        int old = 0;
        while (old < batch.size()
                && batch.records().get(old).arrived().plus(maximumAge).isBefore(now)) {
            old++;
        }
        return old;
    }
}
