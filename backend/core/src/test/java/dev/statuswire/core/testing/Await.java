package dev.statuswire.core.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for conditions. The time limit only ends tests whose condition never holds; it does not
 * affect tests that pass.
 */
public final class Await {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private Await() {}

    /**
     * Returns once {@code condition} holds.
     *
     * @param what the condition in words, for the error message
     */
    public static void until(String what, Callable<Boolean> condition) {
        get(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Repeats {@code attempt} until it returns a value, and returns that value. Each pause is a
     * tenth of the time that has passed, because most attempts are calls to a server that shares
     * the processor with the awaited work.
     *
     * @param what the value in words, for the error message
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
        throw new AssertionError(
                "gave up after " + LIMIT.toSeconds() + " s of waiting for: " + what);
    }

    private static <T> T call(Callable<T> callable) {
        try {
            return callable.call();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
