package dev.statuswire.notifier.push;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets so many calls run at once, and the others wait their turn. Thread-safe. */
public final class Bound {

    private final Semaphore permits;

    /**
     * @param atOnce how many, at least 1
     */
    public Bound(int atOnce) {
        this.permits = new Semaphore(atOnce, true);
    }

    /**
     * Runs {@code call} once it is its turn.
     *
     * @throws IllegalStateException where the thread is interrupted while it waits
     */
    public <T> T within(Supplier<T> call) {
        try {
            permits.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before it was its turn", stopping);
        }
        try {
            return call.get();
        } finally {
            permits.release();
        }
    }
}
