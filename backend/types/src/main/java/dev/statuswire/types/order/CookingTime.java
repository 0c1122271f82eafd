package dev.statuswire.types.order;

import java.time.Duration;
import java.util.function.IntConsumer;

/** Simulates the time that cooking takes. No other class of the restaurant uses a clock. */
final class CookingTime {

    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(200);

    private CookingTime() {}

    /** Waits for {@code time}, and regularly reports the percentage that has passed. */
    static void cook(Duration time, IntConsumer percent) throws InterruptedException {
        long start = System.nanoTime();
        long total = time.toNanos();
        long gone = 0;
        while (gone < total) {
            percent.accept((int) (gone * 100 / total));
            Thread.sleep(Duration.ofNanos(Math.min(BETWEEN_REPORTS.toNanos(), total - gone)));
            gone = System.nanoTime() - start;
        }
    }
}
