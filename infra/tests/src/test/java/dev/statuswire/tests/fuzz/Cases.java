package dev.statuswire.tests.fuzz;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Runs test cases, each of which is generated from a seed. A case that fails reports its seed.
 * {@code -Dstatuswire.fuzz.seed=…} runs only that case; {@code -Dstatuswire.fuzz.from=…} starts
 * with another seed than 0, and so runs other cases.
 */
final class Cases {

    private static final int MAX_CONCURRENT = 8;

    /** One case. */
    @FunctionalInterface
    interface Case {

        /** Generates the input with {@code random} and checks the result. */
        void run(Random random) throws Exception;
    }

    private Cases() {}

    /** Runs {@code count} cases, several of them concurrently. */
    static void run(int count, Case one) throws InterruptedException {
        Long only = Long.getLong("statuswire.fuzz.seed");
        if (only != null) {
            run(only, one);
            return;
        }
        int from = Integer.getInteger("statuswire.fuzz.from", 0);
        var permits = new Semaphore(MAX_CONCURRENT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> cases =
                    IntStream.range(from, from + count)
                            .<Callable<Void>>mapToObj(seed -> () -> withPermit(permits, seed, one))
                            .toList();
            for (var done : threads.invokeAll(cases)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void withPermit(Semaphore permits, long seed, Case one)
            throws InterruptedException {
        permits.acquire();
        try {
            run(seed, one);
        } finally {
            permits.release();
        }
        return null;
    }

    /**
     * Random numbers of neighboring seeds begin alike: the first choice among 16, for example,
     * would be the same in each case.
     */
    private static long spread(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    private static void run(long seed, Case one) {
        try {
            one.run(new Random(spread(seed)));
        } catch (Exception | AssertionError | StackOverflowError failed) {
            throw new AssertionError("reproduce with -Dstatuswire.fuzz.seed=" + seed, failed);
        }
    }
}
