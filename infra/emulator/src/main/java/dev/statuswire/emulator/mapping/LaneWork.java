package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one lane has to do, and what is next: first what failed, in order, then what waits. It
 * decides on values only; {@link Lane} does it.
 *
 * <p>Thread-safe: the reader adds, the lane takes.
 */
final class LaneWork {

    private final BatchCutter cutter;
    private final Duration oldest;
    private final Deque<BatchRecord> waiting = new ArrayDeque<>();
    private final Deque<Batch> failed = new ArrayDeque<>();
    private Instant retryAt = Instant.MIN;
    private Instant free = Instant.MIN;
    private boolean invoked;

    /**
     * @param oldest the age at which a record is discarded
     */
    LaneWork(Batching batching, Duration oldest) {
        cutter = new BatchCutter(batching);
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
        record Discard(Batch batch, Condition condition) implements Turn {}
    }

    synchronized void add(List<BatchRecord> added) {
        waiting.addAll(added);
    }

    /** What fails next time goes first, in the order given, not before {@code moment}. */
    synchronized void again(List<Batch> batches, Instant moment) {
        batches.reversed().forEach(failed::addFirst);
        retryAt = moment;
    }

    /** Asked by the lane whenever it is free. */
    synchronized Turn next(Instant now) {
        free = invoked ? now : free;
        Turn next = decide(now);
        invoked = next instanceof Turn.Invoke;
        return next;
    }

    private Turn decide(Instant now) {
        if (!failed.isEmpty()) {
            return now.isBefore(retryAt)
                    ? new Turn.NotBefore(retryAt)
                    : turn(failed.removeFirst(), now);
        }
        if (waiting.isEmpty()) {
            return new Turn.Idle();
        }
        Optional<Batch> cut = cutter.cut(waiting, free, now);
        return cut.isPresent()
                ? turn(cut.get(), now)
                : new Turn.NotBefore(cutter.dueAt(waiting, free));
    }

    private Turn turn(Batch batch, Instant now) {
        int old = tooOld(batch, now);
        if (old == 0) {
            return new Turn.Invoke(batch);
        }
        if (old < batch.size()) {
            failed.addFirst(batch.part(old, batch.size()));
        }
        return new Turn.Discard(batch.part(0, old), Condition.RECORD_AGE_EXCEEDED);
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
