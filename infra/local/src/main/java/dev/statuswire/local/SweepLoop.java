package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes the sweeper at the start and then periodically, as EventBridge does on AWS, one
 * invocation at a time. Retries a failed sweep soon, so that {@code /health} does not report the
 * sweeper as down for a minute.
 */
final class SweepLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final FunctionRuntime<ScheduledEvent, Void> sweeper;
    private final Duration every;
    private final InstantSource steady;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean failing;

    SweepLoop(FunctionRuntime<ScheduledEvent, Void> sweeper, Duration every, InstantSource steady) {
        this.sweeper = sweeper;
        this.every = every;
        this.steady = steady;
        this.thread = Thread.ofVirtual().name("sweep-loop").unstarted(this::runUntilStopped);
    }

    void start() {
        thread.start();
    }

    /** Returns whether the last sweep succeeded. */
    boolean isUp() {
        return !failing;
    }

    /** Stops sweeping and waits for the current sweep. */
    void stop() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }

    private void runUntilStopped() {
        try {
            Instant next = steady.instant();
            do {
                sweepOnce();
                next = failing ? steady.instant().plus(again()) : next.plus(every);
            } while (!stopping.await(millisUntil(next), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration again() {
        return AGAIN.compareTo(every) < 0 ? AGAIN : every;
    }

    private long millisUntil(Instant time) {
        return Math.max(0, Duration.between(steady.instant(), time).toMillis());
    }

    private void sweepOnce() {
        var invocation = sweeper.invoke(new ScheduledEvent(), UUID.randomUUID().toString());
        failing = invocation instanceof Invocation.Failed<Void>;
        if (invocation instanceof Invocation.Failed<Void>(Throwable error)) {
            LOG.warn("the sweep failed; retrying in {}", again(), error);
        }
    }
}
