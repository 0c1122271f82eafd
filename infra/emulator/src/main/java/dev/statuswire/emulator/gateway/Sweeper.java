package dev.statuswire.emulator.gateway;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a step until it is closed. A step that fails is logged and repeated all the same. */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Runnable step;
    private final Duration interval;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("gateway-sweeper").factory());
    private @Nullable ScheduledFuture<?> repetition;

    Sweeper(Runnable step, Duration interval) {
        this.step = step;
        this.interval = interval;
    }

    void start() {
        long nanos = interval.toNanos();
        repetition =
                scheduler.scheduleWithFixedDelay(this::once, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (repetition != null) {
            repetition.cancel(false);
        }
        scheduler.shutdown();
    }

    private void once() {
        try {
            step.run();
        } catch (RuntimeException failure) {
            LOG.error("sweep failed; will retry in {}", interval, failure);
        }
    }
}
