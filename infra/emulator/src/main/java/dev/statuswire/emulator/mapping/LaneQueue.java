package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one lane has to do, and what is next: first what failed, in order, then what waits. It
 * decides on values only; {@link ShardLane} does it.
 *
 * <p>Thread-safe: the reader adds, the lane takes.
 */
final class LaneQueue {

    /** Lambda's limit for a synchronous payload, in bytes. */
    static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    /** The bytes of {@code {"Records":[]}}. */
    private static final int ENVELOPE = 14;

    private final int batchSize;
    private final Duration oldest;
    private final Deque<BatchRecord> waiting = new ArrayDeque<>();
    private final Deque<Batch> failed = new ArrayDeque<>();
    private Instant retryAt = Instant.MIN;

    /**
     * @param batchSize most records in a batch
     * @param oldest the age at which a record is discarded
     */
    LaneQueue(int batchSize, Duration oldest) {
        this.batchSize = batchSize;
        this.oldest = oldest;
    }

    /** What the lane does now. */
    sealed interface Turn {

        /** Nothing, until something is added. */
        record Idle() implements Turn {}

        /** Nothing before that moment, unless something is added. */
        record NotBefore(Instant moment) implements Turn {}

        /** Call the function with these. */
        record Invoke(Batch batch) implements Turn {}

        /** Give these up without calling. */
        record Discard(Batch batch, DiscardReason condition) implements Turn {}
    }

    synchronized void add(List<BatchRecord> added) {
        waiting.addAll(added);
    }

    /** What fails next time goes first, in the order given, not before {@code moment}. */
    synchronized void again(List<Batch> batches, Instant moment) {
        batches.reversed().forEach(failed::addFirst);
        retryAt = moment;
    }

    /** Called by the lane whenever it is free. */
    synchronized Turn next(Instant now) {
        if (!failed.isEmpty()) {
            return now.isBefore(retryAt)
                    ? new Turn.NotBefore(retryAt)
                    : turn(failed.removeFirst(), now);
        }
        return waiting.isEmpty() ? new Turn.Idle() : turn(Batch.of(takeWaiting()), now);
    }

    /** Takes as many records as fit into a batch and its payload, one at least. */
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

    private Turn turn(Batch batch, Instant now) {
        int old = tooOld(batch, now);
        if (old == 0) {
            return new Turn.Invoke(batch);
        }
        if (old < batch.size()) {
            failed.addFirst(batch.part(old, batch.size()));
        }
        return new Turn.Discard(batch.part(0, old), DiscardReason.RECORD_AGE_EXCEEDED);
    }

    private int tooOld(Batch batch, Instant now) {
        int old = 0;
        while (old < batch.size()
                && batch.records().get(old).arrived().plus(oldest).isBefore(now)) {
            old++;
        }
        return old;
    }
}
