package dev.statuswire.emulator.mapping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How much of what waits goes into the next batch: it is full by number or by payload, or its
 * window is over.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">Batching
 *     behavior</a>: "Lambda invokes your function when one of the following three criteria is met"
 */
final class BatchCutter {

    /** Lambda's limit for a synchronous payload. */
    static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    /** What {@code {"Records":[]}} takes. */
    private static final int ENVELOPE = 14;

    private final Batching batching;

    BatchCutter(Batching batching) {
        this.batching = batching;
    }

    /**
     * Takes the next batch out of {@code waiting}, if it is time for one.
     *
     * @param free since when nothing is being invoked: "the next window begins as soon as the
     *     previous function invocation completes"
     */
    Optional<Batch> cut(Deque<BatchRecord> waiting, Instant free, Instant now) {
        List<BatchRecord> next = fitting(waiting);
        if (next.isEmpty() || (!isFull(next, waiting) && now.isBefore(dueAt(waiting, free)))) {
            return Optional.empty();
        }
        next.forEach(taken -> waiting.removeFirst());
        return Optional.of(Batch.of(next));
    }

    /** When the batch of the first one waiting goes out, full or not. */
    Instant dueAt(Deque<BatchRecord> waiting, Instant free) {
        Instant seen = waiting.getFirst().seen();
        return (seen.isBefore(free) ? free : seen).plus(batching.window());
    }

    private List<BatchRecord> fitting(Deque<BatchRecord> waiting) {
        List<BatchRecord> fitting = new ArrayList<>();
        long bytes = ENVELOPE;
        for (BatchRecord candidate : waiting) {
            bytes += candidate.bytes() + 1L;
            if (fitting.size() == batching.size()
                    || (!fitting.isEmpty() && bytes > PAYLOAD_LIMIT)) {
                return fitting;
            }
            fitting.add(candidate);
        }
        return fitting;
    }

    private boolean isFull(List<BatchRecord> next, Deque<BatchRecord> waiting) {
        return next.size() == batching.size() || next.size() < waiting.size();
    }
}
