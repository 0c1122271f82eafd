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
 * One of a shard's lanes: one invocation at a time, in order. A batch that fails here holds up this
 * lane and no other.
 */
final class ShardLane {

    private static final Logger log = LoggerFactory.getLogger(ShardLane.class);

    /** A fault of the mapping's own, which must not end the lane. */
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final LaneQueue work;
    private final BatchInvoker steps;
    private final InstantSource steady;
    private final LoopSignal signal;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    ShardLane(LaneQueue work, BatchInvoker steps, EmulatorTime time) {
        this.work = work;
        this.steps = steps;
        this.steady = time.steady();
        this.signal = new LoopSignal(time.waiting());
    }

    void start(String name) {
        thread = Thread.ofVirtual().name(name).start(this::runUntilStopped);
    }

    /** Takes records; they are invoked on the lane's own thread. */
    void add(List<BatchRecord> added) {
        if (!added.isEmpty()) {
            work.add(added);
            signal.raise();
        }
    }

    /** No new batch. What runs goes on. */
    void stop() {
        stopping = true;
        signal.raise();
    }

    /** Waits for the running invocation after {@link #stop}. */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        Thread running = thread;
        return running == null
                || (longest.isPositive() ? running.join(longest) : !running.isAlive());
    }

    /** Interrupts what did not end in time. */
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
            log.debug("interrupted; unfinished records come again at the next start");
        }
    }

    private void runOnce() throws InterruptedException {
        switch (work.next(steady.instant())) {
            case LaneQueue.Turn.Idle() -> signal.await();
            case LaneQueue.Turn.NotBefore(Instant moment) ->
                    signal.await(Duration.between(steady.instant(), moment));
            case LaneQueue.Turn.Invoke(Batch batch) -> invoke(batch);
            case LaneQueue.Turn.Discard(Batch batch, DiscardReason condition) ->
                    steps.discard(batch, condition);
        }
    }

    private void invoke(Batch batch) {
        try {
            steps.invoke(batch, work);
        } catch (RuntimeException e) {
            log.error(
                    "a batch could not be settled; it will be called again in {}",
                    AFTER_A_FAULT,
                    e);
            work.again(List.of(batch.triedFree()), steady.instant().plus(AFTER_A_FAULT));
        }
    }
}
