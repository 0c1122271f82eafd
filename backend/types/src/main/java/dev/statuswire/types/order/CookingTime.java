package dev.statuswire.types.order;

import java.time.Duration;
import java.util.function.IntConsumer;

/** Where time passes: the one class of the restaurant that looks at a clock. */
final class CookingTime {

    private static final Duration LOOK = Duration.ofMillis(200);

    private CookingTime() {}

    /** Cooks for so long, and says now and then how many percent are done. */
    static void cook(Duration time, IntConsumer percent) throws InterruptedException {
        long start = System.nanoTime();
        long total = time.toNanos();
        long gone = 0;
        while (gone < total) {
            percent.accept((int) (gone * 100 / total));
            Thread.sleep(Duration.ofNanos(Math.min(LOOK.toNanos(), total - gone)));
            gone = System.nanoTime() - start;
        }
    }
}
