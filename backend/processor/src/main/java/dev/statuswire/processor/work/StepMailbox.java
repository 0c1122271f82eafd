package dev.statuswire.processor.work;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.time.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries the newest progress and the result of a running step to the worker that monitors it. The
 * step never blocks; one thread waits for the end. Thread-safe.
 */
final class StepMailbox {

    private final Waiting waiting;
    private final AtomicReference<@Nullable Progress> newest = new AtomicReference<>();
    private final Semaphore ending = new Semaphore(0);
    private volatile @Nullable StepResult end;

    StepMailbox(Waiting waiting) {
        this.waiting = waiting;
    }

    void progress(Progress progress) {
        newest.set(progress);
    }

    void ended(StepResult how) {
        end = how;
        ending.release();
    }

    /**
     * Waits up to {@code time} for the step to end. Returns its result; empty if it is still
     * running.
     */
    Optional<StepResult> awaitEnd(Duration time) throws InterruptedException {
        waiting.awaitPermit(ending, time);
        return Optional.ofNullable(end);
    }

    /** Removes and returns the newest progress; null if there was none since the last call. */
    @Nullable Progress takeProgress() {
        return newest.getAndSet(null);
    }
}
