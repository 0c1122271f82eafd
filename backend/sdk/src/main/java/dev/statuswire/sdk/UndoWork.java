package dev.statuswire.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Undoes the effect of a step, because the request has failed or was cancelled. The step has
 * succeeded, or may have had its effect although it has no output: it was interrupted, has timed
 * out, or has failed for another reason than {@link StepFailed}.
 *
 * <p>Like a step, an undo may run more than once. Its {@link StepContext#effectKey()} is that of
 * the step with {@code /undo} at its end; {@link StepContext#effectKey(String)} with the name of
 * the step is the key of the effect to undo.
 *
 * @param <I> the type of the request's input
 * @param <O> the type of the step's output
 */
@FunctionalInterface
public interface UndoWork<I, O> {

    /**
     * Undoes the step. The rules of {@link StepWork#run} apply.
     *
     * @param context the request, and what the undo may report
     * @param output the output of the step; null if it has none, and then its effect may be missing
     * @throws StepFailed to end the request as FAILED with {@code undo-failed}, because running the
     *     undo again would not help
     * @throws TryLater to report a transient failure with its reason
     * @throws Exception any other exception is treated as a transient failure as well, unless the
     *     step's {@link Retry} policy excludes it
     */
    void undo(StepContext<I> context, @Nullable O output) throws Exception;
}
