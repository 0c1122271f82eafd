package dev.statuswire.emulator.time;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for conditions. The time limit only ends tests whose condition never holds; it does not
 * affect tests that pass.
 */
public final class Await {

    private static final long LIMIT_SECONDS = 120;

    private Await() {}

    /**
     * Returns once {@code condition} holds.
     *
     * @param what the condition in words, for the error message
     */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "gave up after " + LIMIT_SECONDS + " s of waiting for: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
