package dev.statuswire.processor.work;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How long an invocation may work on a request before it hands the request back. An orderly
 * shutdown of the process does not change this time: it interrupts the thread.
 *
 * @param left returns the time left; zero or less once it is over
 * @param wholeSteps whether another step is started only if its whole time limit is left
 * @param isReplaced returns whether the request's type has been replaced by a newer version, so
 *     that no other step of this version is started
 */
public record TimeLeft(Supplier<Duration> left, boolean wholeSteps, BooleanSupplier isReplaced) {

    /** The part of an invocation's time that is reserved for handing back an unfinished request. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** How long a step may run on after its type has been replaced. */
    private static final Duration AFTER_REPLACEMENT = Duration.ofSeconds(5);

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** Creates the time left of a request whose type is not replaced. */
    public TimeLeft(Supplier<Duration> left, boolean wholeSteps) {
        this(left, wholeSteps, () -> false);
    }

    /** Returns why a step is stopped when the time is over. */
    StepResult.StopReason reason() {
        return wholeSteps && !isReplaced.getAsBoolean()
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
                () -> shorter(Duration.between(steady.instant(), end), remaining(context)), false);
    }

    /**
     * Returns this time, but at most 5 s from the moment at which {@code isCurrent} was first seen
     * to be false. Used by one thread.
     *
     * @param isCurrent returns whether the version of the type that the request runs on is still
     *     the newest one
     * @param steady a monotonic clock
     */
    TimeLeft whileCurrent(BooleanSupplier isCurrent, InstantSource steady) {
        var replacement = new Replacement(isCurrent, steady);
        return new TimeLeft(
                () -> shorter(left.get(), replacement.left()), wholeSteps, replacement::isSeen);
    }

    /** Notices that a type was replaced. Used by one thread. */
    private static final class Replacement {

        private final BooleanSupplier isCurrent;
        private final InstantSource steady;
        private Optional<Instant> end = Optional.empty();

        Replacement(BooleanSupplier isCurrent, InstantSource steady) {
            this.isCurrent = isCurrent;
            this.steady = steady;
        }

        boolean isSeen() {
            if (end.isEmpty() && !isCurrent.getAsBoolean()) {
                end = Optional.of(steady.instant().plus(AFTER_REPLACEMENT));
            }
            return end.isPresent();
        }

        Duration left() {
            return isSeen() ? Duration.between(steady.instant(), end.orElseThrow()) : FOREVER;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
        return !isOver()
                && !isReplaced.getAsBoolean()
                && (!wholeSteps || left.get().compareTo(limit) >= 0);
    }
}
