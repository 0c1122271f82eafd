package dev.statuswire.core.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for conditions; the time limit is for what never comes, and decides no test that passes.
 */
public final class Await {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    /** Returns once {@code condition} holds. */
    public static void until(String what, Callable<Boolean> condition) {
        get(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** What {@code attempt} comes up with, once it does. */
    public static <T> T get(String what, Callable<Optional<T>> attempt) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = call(attempt);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(PAUSE);
        }
        throw new AssertionError("waited " + LIMIT.toSeconds() + " s in vain for: " + what);
    }

    private static <T> T call(Callable<T> callable) {
        try {
            return callable.call();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
