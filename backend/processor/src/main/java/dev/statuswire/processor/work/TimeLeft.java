package dev.statuswire.processor.work;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How long an invocation may work on a request before it hands the request back. An orderly
 * shutdown of the process does not change this time: it interrupts the thread.
 *
 * @param left returns the time left; zero or less once it is over
 * @param wholeSteps whether another step is started only if its whole time limit is left
 */
public record TimeLeft(Supplier<Duration> left, boolean wholeSteps) {

    /** The part of an invocation's time that is reserved for handing back an unfinished request. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Returns why a step is stopped when the time is over. */
    StepResult.StopReason reason() {
        return wholeSteps
                ? StepResult.StopReason.INVOCATION_TIME_OVER
                : StepResult.StopReason.OUT_OF_TIME;
    }

    /** Returns the time left of an invocation that works on one request. */
    public static TimeLeft ofInvocation(Context context) {
        return new TimeLeft(() -> remaining(context), true);
    }

    /**
     * Returns the shorter of {@code budget}, which starts now, and the time that the invocation has
     * left.
     *
     * @param steady a monotonic clock
     */
    public static TimeLeft within(Duration budget, InstantSource steady, Context context) {
        Instant end = steady.instant().plus(budget);
        return new TimeLeft(
                () -> {
                    Duration ofBudget = Duration.between(steady.instant(), end);
                    Duration ofInvocation = remaining(context);
                    return ofBudget.compareTo(ofInvocation) < 0 ? ofBudget : ofInvocation;
                },
                false);
    }

    private static Duration remaining(Context context) {
        return Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
    }

    /** Returns whether the time is over. */
    boolean isOver() {
        return left.get().compareTo(Duration.ZERO) <= 0;
    }

    /** Returns whether to start another step that may take {@code limit}. */
    boolean isEnoughFor(Duration limit) {
        return !isOver() && (!wholeSteps || left.get().compareTo(limit) >= 0);
    }
}
