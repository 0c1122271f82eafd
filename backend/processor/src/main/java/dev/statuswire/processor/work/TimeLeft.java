package dev.statuswire.processor.work;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How long one invocation may go on with a request before it hands it back. An orderly stop of the
 * process does not show here: it interrupts.
 *
 * @param left the time; zero or less once it is over
 * @param wholeSteps whether a further step is begun only where its whole time limit is left
 */
public record TimeLeft(Supplier<Duration> left, boolean wholeSteps) {

    /** Kept of an invocation's time for handing back what is not done. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Why a step is stopped when this is over. */
    StepResult.Reason reason() {
        return wholeSteps ? StepResult.Reason.OUT_OF_INVOCATION : StepResult.Reason.OUT_OF_TIME;
    }

    /** All of an invocation, for one request. */
    public static TimeLeft ofInvocation(Context context) {
        return new TimeLeft(() -> remaining(context), true);
    }

    /**
     * At most {@code budget} from now on, and no more than the invocation has.
     *
     * @param steady a clock that goes on steadily
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

    /** Whether it is over. */
    boolean isOver() {
        return !left.get().isPositive();
    }

    /** Whether a further step that may take {@code limit} is to be begun. */
    boolean isEnoughFor(Duration limit) {
        return !isOver() && (!wholeSteps || left.get().compareTo(limit) >= 0);
    }
}
