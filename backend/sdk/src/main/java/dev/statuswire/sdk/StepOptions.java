package dev.statuswire.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a step while its {@link Definition} is built. Not thread-safe.
 *
 * @param <I> the type of the request's input
 * @param <O> the type of the step's output
 */
public final class StepOptions<I, O> {

    private @Nullable Retry retry;
    private @Nullable UndoWork<I, O> undo;
    private Duration timeLimit = Duration.ofMinutes(10);

    StepOptions() {}

    /**
     * Sets how transient failures of this step are retried, instead of the type's policy.
     *
     * @param policy the policy of this step
     * @return these options
     */
    public StepOptions<I, O> retry(Retry policy) {
        retry = policy;
        return this;
    }

    /**
     * Sets how long one run may take: more than 0, at most 14 minutes. A run that takes longer is
     * interrupted and counts as a transient failure. The default is 10 minutes.
     *
     * @param limit the longest duration of a run
     * @return these options
     */
    public StepOptions<I, O> timeLimit(Duration limit) {
        timeLimit = limit;
        return this;
    }

    /**
     * Sets how to undo the step if the request fails or is cancelled after the step has started,
     * unless the step itself has thrown {@link StepFailed}. Steps are undone one after the other,
     * the last one first. The step's retry policy and time limit also apply to its undo. The
     * default is to leave the step's effect as it is.
     *
     * @param work undoes the step, such as {@code this::cancelFlight}
     * @return these options
     */
    public StepOptions<I, O> undo(UndoWork<I, O> work) {
        undo = work;
        return this;
    }

    @Nullable UndoWork<I, O> undo() {
        return undo;
    }

    @Nullable Retry retry() {
        return retry;
    }

    Duration timeLimit() {
        return timeLimit;
    }
}
