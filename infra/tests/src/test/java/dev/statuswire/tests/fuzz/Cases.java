package dev.statuswire.tests.fuzz;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Runs cases that are made of nothing but a seed. A case that fails says its seed; {@code
 * -Dstatuswire.fuzz.seed=…} runs that one alone, {@code -Dstatuswire.fuzz.from=…} begins with
 * another seed than 0, so that other cases are tried.
 */
final class Cases {

    private static final int AT_ONCE = 8;

    /** One case. */
    @FunctionalInterface
    interface Case {

        /** Makes up its input with {@code random} and checks what comes of it. */
        void run(Random random) throws Exception;
    }

    private Cases() {}

    /** Runs {@code count} cases, several at once. */
    static void run(int count, Case one) throws InterruptedException {
        Long only = Long.getLong("statuswire.fuzz.seed");
        if (only != null) {
            run(only, one);
            return;
        }
        int from = Integer.getInteger("statuswire.fuzz.from", 0);
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> cases =
                    IntStream.range(from, from + count)
                            .<Callable<Void>>mapToObj(seed -> () -> inPlace(places, seed, one))
                            .toList();
            for (var done : threads.invokeAll(cases)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void inPlace(Semaphore places, long seed, Case one) throws InterruptedException {
        places.acquire();
        try {
            run(seed, one);
        } finally {
            places.release();
        }
        return null;
    }

    private static void run(long seed, Case one) {
        try {
            one.run(new Random(seed));
        } catch (Exception | AssertionError | StackOverflowError failed) {
            throw new AssertionError("again with -Dstatuswire.fuzz.seed=" + seed, failed);
        }
    }
}
