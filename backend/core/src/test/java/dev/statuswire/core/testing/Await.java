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
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private Await() {}

    /** Returns once {@code condition} holds. */
    public static void until(String what, Callable<Boolean> condition) {
        get(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /**
     * What {@code attempt} comes up with, once it does. Each pause is a tenth of the time that has
     * passed: most attempts are calls of a server that shares the processor with what they wait
     * for.
     */
    public static <T> T get(String what, Callable<Optional<T>> attempt) {
        long start = System.nanoTime();
        long passed = 0;
        while (passed < LIMIT.toNanos()) {
            Optional<T> found = call(attempt);
            if (found.isPresent()) {
                return found.get();
            }
            passed = System.nanoTime() - start;
            LockSupport.parkNanos(Math.clamp(passed / 10, SHORTEST_PAUSE, LONGEST_PAUSE));
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
