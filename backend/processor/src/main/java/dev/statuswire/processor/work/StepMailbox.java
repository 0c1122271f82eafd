package dev.statuswire.processor.work;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.time.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a running step tells the worker that attends to it: how far it is, newest only, and how it
 * ended. The step's side never blocks; one thread waits for the end. Thread-safe.
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

    /** How the step ended, waiting up to {@code time} for it; empty where it still runs. */
    Optional<StepResult> awaitEnd(Duration time) throws InterruptedException {
        waiting.forPermit(ending, time);
        return Optional.ofNullable(end);
    }

    /** Takes the newest progress out; null where nothing was said since. */
    @Nullable Progress takeProgress() {
        return newest.getAndSet(null);
    }
}
