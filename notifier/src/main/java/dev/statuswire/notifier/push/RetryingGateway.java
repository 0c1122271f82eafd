package dev.statuswire.notifier.push;

import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.push.ConnectionGateway.CallResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Calls the gateway: at most {@value #AT_ONCE} calls at once, and up to three attempts if it is
 * busy, with pauses of full jitter between them. Thread-safe.
 *
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     backoff and jitter</a>
 */
final class RetryingGateway {

    /**
     * Below the 256 HTTP connections of a client, so that no call waits for one of those. As many
     * WebSocket connections may hang before the others are delayed, because a connection that has
     * not responded yet has one call at most: see {@link LiveConnection}.
     */
    static final int AT_ONCE = 128;

    /** The longest pause before the second attempt, and before the third. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(200));

    /**
     * The gateway counts as quick up to this average duration of a call, which is a tenth of a
     * call's timeout.
     */
    private static final Duration QUICK = Duration.ofMillis(300);

    /** The last response contributes one part in this many to the average. */
    private static final int AVERAGED = 16;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final AtomicLong averageNanos = new AtomicLong();
    private final TimeAndRandomness timeAndRandomness;

    RetryingGateway(TimeAndRandomness timeAndRandomness) {
        this.timeAndRandomness = timeAndRandomness;
    }

    /**
     * How long calls to one connection may take within one batch. Counts only the calls, not the
     * time that they wait for their turn, which the connection does not cause. Thread-safe.
     */
    static final class TimeBudget {

        private final AtomicLong nanosLeft;

        TimeBudget(Duration atMost) {
            this.nanosLeft = new AtomicLong(atMost.toNanos());
        }

        private void spend(Duration time) {
            nanosLeft.addAndGet(-time.toNanos());
        }

        boolean isLeft() {
            return nanosLeft.get() > 0;
        }
    }

    /**
     * Makes a call and returns the result of the last attempt: BUSY only after three attempts or if
     * no time budget is left; SILENT after one attempt.
     *
     * @throws IllegalStateException if the thread is interrupted before its turn
     */
    CallResult call(Supplier<CallResult> once, TimeBudget timeBudget) {
        CallResult result = withPermit(once, timeBudget);
        for (Duration longest : PAUSES) {
            if (result != CallResult.BUSY || !timeBudget.isLeft()) {
                return result;
            }
            pauseUpTo(longest);
            result = withPermit(once, timeBudget);
        }
        return result;
    }

    private void pauseUpTo(Duration longest) {
        long millis = timeAndRandomness.random().nextLong(longest.toMillis() + 1);
        try {
            timeAndRandomness.waiting().pause(Duration.ofMillis(millis));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private CallResult withPermit(Supplier<CallResult> once, TimeBudget timeBudget) {
        try {
            turns.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while waiting for the call's turn", stopping);
        }
        try {
            return timed(once, timeBudget);
        } finally {
            turns.release();
        }
    }

    private CallResult timed(Supplier<CallResult> once, TimeBudget timeBudget) {
        InstantSource steady = timeAndRandomness.steady();
        Instant start = steady.instant();
        CallResult result = once.get();
        Duration took = Duration.between(start, steady.instant());
        timeBudget.spend(took);
        if (result == CallResult.SILENT) {
            return isQuick() ? CallResult.SILENT : CallResult.BUSY;
        }
        averageNanos.updateAndGet(average -> average + (took.toNanos() - average) / AVERAGED);
        return result;
    }

    /** If the gateway is slow for all connections, silence indicates nothing about a single one. */
    private boolean isQuick() {
        return averageNanos.get() <= QUICK.toNanos();
    }
}
