package dev.statuswire.processor.work;

import dev.statuswire.core.request.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a running step tells the worker that attends to it: how far it is, newest only, and how it
 * ended. The step's side never blocks. Thread-safe.
 */
final class Mailbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ending = lock.newCondition();
    private @Nullable Progress newest;
    private @Nullable StepEnd end;

    void progress(Progress progress) {
        lock.lock();
        try {
            newest = progress;
        } finally {
            lock.unlock();
        }
    }

    void ended(StepEnd how) {
        lock.lock();
        try {
            end = how;
            ending.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How the step ended, waiting up to {@code time} for it; empty where it still runs. */
    Optional<StepEnd> awaitEnd(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (end == null && left > 0) {
                left = ending.awaitNanos(left);
            }
            return Optional.ofNullable(end);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the newest progress out; null where nothing was said since. */
    @Nullable Progress takeProgress() {
        lock.lock();
        try {
            Progress taken = newest;
            newest = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
