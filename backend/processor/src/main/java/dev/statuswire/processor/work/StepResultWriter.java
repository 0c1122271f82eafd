package dev.statuswire.processor.work;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.processor.work.ClaimedRequest.WriteResult;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the result of a step, and with it the new state of its request. Used by one thread. */
final class StepResultWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StepResultWriter.class);

    private final ClaimedRequest claimed;
    private final String type;
    private final Transitions transitions;
    private final Metrics metrics;
    private final Backoff backoff;
    private boolean committed;
    private boolean wasRefused;

    /**
     * @param type the label in metrics: the name of a type that is known here, whatever other
     *     programs have written into the item since
     */
    StepResultWriter(
            ClaimedRequest claimed,
            String type,
            Transitions transitions,
            Metrics metrics,
            Backoff backoff) {
        this.claimed = claimed;
        this.type = type;
        this.transitions = transitions;
        this.metrics = metrics;
        this.backoff = backoff;
    }

    /** Writes the result of the step at {@code index}. Returns whether to go on. */
    boolean write(StepResult end, int index, StepDefinition<?, ?> step)
            throws InterruptedException {
        if (end instanceof StepResult.Returned returned) {
            return returned(returned.output(), index);
        }
        if (end instanceof StepResult.Waits waits) {
            return leave(
                    (held, now) -> transitions.waitFor(held, waits.what(), waits.until(), now));
        }
        if (end instanceof StepResult.Fatal fatal) {
            boolean ranBefore = claimed.request().steps().get(index).ranBefore();
            return fail(fatal.error(), fatal.mayHaveEffect() || ranBefore);
        }
        return end instanceof StepResult.Transient failure
                ? retryOrFail(failure.error(), step.retry())
                : stopped(((StepResult.Stopped) end).reason());
    }

    /** Writes the result of the undo of the step at {@code index}. Returns whether to go on. */
    boolean writeUndo(StepResult end, int index, StepDefinition<?, ?> step)
            throws InterruptedException {
        if (end instanceof StepResult.Returned) {
            return commit((held, now) -> transitions.undoStep(held, index, now));
        }
        return write(end, index, step);
    }

    private boolean commit(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        WriteResult result = claimed.write(transition);
        committed |= result == WriteResult.HELD;
        return result == WriteResult.HELD || notWritten(result);
    }

    private boolean returned(String output, int index) throws InterruptedException {
        List<StepState> steps = claimed.request().steps();
        int next = claimed.request().nextStepAfter(index);
        if (next == steps.size()) {
            return succeeded(index, output);
        }
        var progress = Progress.within(next, steps.size(), 0, steps.get(next).name());
        return commit(
                (held, now) ->
                        transitions.commitStep(
                                held, index, succeeded(held, index, output, now), progress, now));
    }

    private static StepState succeeded(Request held, int index, String output, Instant now) {
        return held.steps().get(index).succeeded(output, now);
    }

    /** For a request that was started without a claim, this is its only write. */
    private boolean succeeded(int index, String output) throws InterruptedException {
        List<StepState> steps = claimed.request().steps();
        StepState last = lastOf(steps);
        String result = index == steps.size() - 1 ? output : String.valueOf(last.output());
        return finish(
                Status.SUCCEEDED,
                claimed.isClaimed()
                        ? claimed.write(
                                (held, now) ->
                                        transitions.succeed(
                                                held,
                                                index,
                                                succeeded(held, index, output, now),
                                                result,
                                                now))
                        : claimed.writeDirectly(
                                (started, now) ->
                                        transitions.succeedUnclaimed(
                                                started,
                                                succeeded(started, index, output, now),
                                                result,
                                                now)));
    }

    /**
     * Finishes a request whose steps are all done, because its last one has waited, or its type now
     * has fewer steps. Returns whether to go on.
     */
    boolean succeedWithoutStep() throws InterruptedException {
        List<StepState> steps = claimed.request().steps();
        StepState last = lastOf(steps);
        String result = last.output() == null ? "null" : last.output();
        return finish(
                Status.SUCCEEDED,
                claimed.write(
                        (held, now) ->
                                transitions.succeed(held, steps.size() - 1, last, result, now)));
    }

    private static StepState lastOf(List<StepState> steps) {
        return steps.get(steps.size() - 1);
    }

    /** Ends a request of which no step is left to undo. Returns whether to go on. */
    boolean endUndone() throws InterruptedException {
        Undoing undoing = Objects.requireNonNull(claimed.request().undoing());
        return finish(undoing.outcome(), claimed.write(transitions::endUndone));
    }

    /**
     * Ends the request FAILED, unless steps have to be undone first. Returns whether to go on, with
     * undoing them.
     *
     * @param mayHaveEffect whether the step that failed may have had its effect
     */
    boolean fail(RequestError error, boolean mayHaveEffect) throws InterruptedException {
        Request request = claimed.request();
        if (request.undoing() != null) {
            RequestError undoError = StepErrors.undoFailed(error);
            return finish(
                    Status.FAILED,
                    claimed.write((held, now) -> transitions.fail(held, undoError, now)));
        }
        boolean turnsBack =
                mayHaveEffect ? request.hasStepToUndo() : request.hasFinishedStepToUndo();
        return turnsBack
                ? turnBack(new Undoing(Status.FAILED, error), mayHaveEffect)
                : finish(
                        Status.FAILED,
                        claimed.write((held, now) -> transitions.fail(held, error, now)));
    }

    private boolean turnBack(Undoing undoing, boolean mayHaveEffect) throws InterruptedException {
        LOG.info("undoing the steps of {}", claimed.request().key());
        return commit((held, now) -> transitions.turnBack(held, undoing, mayHaveEffect, now));
    }

    private boolean retryOrFail(RequestError error, Retry retry) throws InterruptedException {
        Request request = claimed.request();
        metrics.count(Metrics.Counter.RETRIED, type, 1);
        if (request.failures() >= retry.times()) {
            return fail(error, true);
        }
        Duration wait = backoff.after(request.failures(), retry);
        LOG.info(
                "step {} of {} failed with {}; retrying in {} ms",
                error.step(),
                request.key(),
                error.code(),
                wait.toMillis());
        return leave(
                (held, now) ->
                        transitions.retryLater(held, retry.times(), error, now.plus(wait), now));
    }

    private boolean stopped(StepResult.StopReason reason) throws InterruptedException {
        return switch (reason) {
            case CANCEL_REQUESTED -> stop();
            case OUT_OF_TIME -> handBack();
            case INVOCATION_TIME_OVER -> committed ? handBack() : handBackUnfinished();
            case LOST -> lost();
        };
    }

    /** Hands the request back, unless its user has cancelled it. Returns false. */
    boolean handBack() throws InterruptedException {
        LOG.info(
                "out of time, shutting down, or its type was replaced; handing back {}",
                claimed.request().key());
        return leave(transitions::handBack);
    }

    /**
     * Hands the request back and counts the attempt, so that a step that outlives every invocation
     * does not run forever.
     */
    private boolean handBackUnfinished() throws InterruptedException {
        LOG.warn(
                "the invocation ended without finishing a step; handing back {} after attempt {}",
                claimed.request().key(),
                claimed.request().attempt());
        return leave(transitions::handBackUnfinished);
    }

    private boolean stop() throws InterruptedException {
        if (claimed.request().hasStepToUndo()) {
            return turnBack(new Undoing(Status.CANCELLED, null), true);
        }
        if (claimed.write(transitions::stop) == WriteResult.HELD) {
            count(Status.CANCELLED);
        }
        return false;
    }

    private boolean lost() {
        LOG.info("lost the claim on {}; discarding its uncommitted work", claimed.request().key());
        return false;
    }

    /**
     * Fails the request, because its result cannot be stored. If the database refuses that as well,
     * leaves the request to the sweeper.
     */
    private boolean refused() throws InterruptedException {
        if (wasRefused) {
            return lost();
        }
        wasRefused = true;
        Request request = claimed.request();
        int next = request.nextStep();
        String step = next < request.steps().size() ? request.steps().get(next).name() : null;
        return fail(StepErrors.refused(claimed.refusal(), step).error(), true);
    }

    /** Returns whether to go on after a write that ends the request. */
    private boolean finish(Status status, WriteResult result) throws InterruptedException {
        if (result != WriteResult.HELD) {
            return notWritten(result);
        }
        count(status);
        return false;
    }

    /** Writes a transition after which no worker has the request. Returns whether to go on. */
    private boolean leave(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        WriteResult result = claimed.write(transition);
        return result != WriteResult.HELD && notWritten(result);
    }

    private boolean notWritten(WriteResult result) throws InterruptedException {
        return switch (result) {
            case CANCEL_REQUESTED -> stop();
            case REFUSED -> refused();
            case LOST, HELD -> lost();
        };
    }

    private void count(Status status) {
        Request request = claimed.request();
        metrics.count(Metrics.Counter.FINISHED, status.name(), 1);
        if (request.createdAt() != null && request.updatedAt() != null) {
            metrics.time(
                    Metrics.Timer.ACCEPTED_TO_FINISHED,
                    type,
                    Duration.between(request.createdAt(), request.updatedAt()));
        }
    }
}
