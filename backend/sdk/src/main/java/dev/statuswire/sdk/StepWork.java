package dev.statuswire.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The work of a step.
 *
 * <p>A step may run more than once until its output is stored: after a transient failure, after a
 * crash, or when its request moves to another worker. Two runs can even overlap for a moment. To
 * make its side effects happen once, pass {@link StepContext#effectKey()} to the called service,
 * which can then deduplicate.
 *
 * @param <I> the type of the request's input
 * @param <O> the type of the step's output
 */
@FunctionalInterface
public interface StepWork<I, O> {

    /**
     * Runs the step. It may block or compute for as long as its time limit. It runs on a platform
     * thread of a bounded pool. The thread is interrupted if the request is cancelled, if another
     * worker has taken the request over, if the time limit is exceeded, or if the process shuts
     * down or the invocation runs out of time.
     *
     * @param context the request, and what the step may report
     * @return the step's output, which becomes JSON of at most 8 KiB of UTF-8; a larger output
     *     fails the request
     * @throws StepFailed to end the request as FAILED, because running the step again would not
     *     help
     * @throws TryLater to report a transient failure with its reason
     * @throws Exception any other exception is treated as a transient failure as well, unless the
     *     step's {@link Retry} policy excludes it, but users see only that the step failed
     */
    @Nullable O run(StepContext<I> context) throws Exception;
}
