package dev.statuswire.emulator.mapping;

import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of a shard's lanes. It invokes the function with one batch at a time, in order. A failing
 * batch blocks only its own lane.
 */
final class ShardLane {

    private static final Logger log = LoggerFactory.getLogger(ShardLane.class);

    /** The pause after an internal error of the mapping, which must not end the lane. */
    private static final Duration ERROR_PAUSE = Duration.ofSeconds(1);

    private final LaneQueue queue;
    private final BatchInvoker invoker;
    private final InstantSource steady;
    private final LoopSignal signal;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    ShardLane(LaneQueue queue, BatchInvoker invoker, EmulatorTime time) {
        this.queue = queue;
        this.invoker = invoker;
        this.steady = time.steady();
        this.signal = new LoopSignal(time.waiting());
    }

    void start(String name) {
        thread = Thread.ofVirtual().name(name).start(this::runUntilStopped);
    }

    /** Adds records, which the lane delivers on its own thread. */
    void add(List<BatchRecord> added) {
        if (!added.isEmpty()) {
            queue.add(added);
            signal.raise();
        }
    }

    /** Starts no new batch. A running invocation continues. */
    void stop() {
        stopping = true;
        signal.raise();
    }

    /** Waits for the running invocation after {@link #stop}. Returns whether it has finished. */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        Thread running = thread;
        return running == null
                || (longest.isPositive() ? running.join(longest) : !running.isAlive());
    }

    /** Interrupts the running invocation. */
    void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void runUntilStopped() {
        try {
            while (!stopping) {
                runOnce();
            }
        } catch (InterruptedException e) {
            log.debug("interrupted; redelivering unfinished records at the next start");
        }
    }

    private void runOnce() throws InterruptedException {
        switch (queue.next(steady.instant())) {
            case LaneQueue.Action.Idle() -> signal.await();
            case LaneQueue.Action.NotBefore(Instant moment) ->
                    signal.await(Duration.between(steady.instant(), moment));
            case LaneQueue.Action.Invoke(Batch batch) -> invoke(batch);
            case LaneQueue.Action.Discard(Batch batch, DiscardReason condition) ->
                    invoker.discard(batch, condition);
        }
    }

    private void invoke(Batch batch) {
        try {
            invoker.invoke(batch, queue);
        } catch (RuntimeException e) {
            log.error(
                    "could not process the outcome of a batch; invoking it again in {}",
                    ERROR_PAUSE,
                    e);
            queue.retry(List.of(batch.afterUncountedFailure()), steady.instant().plus(ERROR_PAUSE));
        }
    }
}
