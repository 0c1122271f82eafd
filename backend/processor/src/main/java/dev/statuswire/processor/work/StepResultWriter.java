package dev.statuswire.processor.work;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.processor.work.ClaimedRequest.WriteResult;
import dev.statuswire.sdk.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** Writes the result of the step at {@code index}. Returns whether to run a next step. */
    boolean write(StepResult end, int index, Retry retry) throws InterruptedException {
        if (end instanceof StepResult.Returned returned) {
            return returned(returned.output(), index);
        }
        if (end instanceof StepResult.Waits waits) {
            return waits(waits);
        }
        if (end instanceof StepResult.Fatal fatal) {
            return fail(fatal.error());
        }
        return end instanceof StepResult.Transient failure
                ? retryOrFail(failure.error(), retry)
                : stopped(((StepResult.Stopped) end).reason());
    }

    private boolean returned(String output, int index) throws InterruptedException {
        List<StepState> steps = claimed.request().steps();
        if (index == steps.size() - 1) {
            return succeeded(steps.get(index), output);
        }
        var progress = Progress.within(index + 1, steps.size(), 0, steps.get(index + 1).name());
        boolean written =
                tryWrite(
                        (held, now) ->
                                transitions.commitStep(
                                        held,
                                        index,
                                        held.steps().get(index).succeeded(output, now),
                                        progress,
                                        now));
        committed |= written;
        return written;
    }

    /** Pauses the request. Returns false. */
    private boolean waits(StepResult.Waits waits) throws InterruptedException {
        tryWrite((held, now) -> transitions.waitFor(held, waits.what(), waits.until(), now));
        return false;
    }

    /** For a request that was started without a claim, this is its only write. Returns false. */
    private boolean succeeded(StepState last, String output) throws InterruptedException {
        WriteResult result =
                claimed.isClaimed()
                        ? claimed.write(
                                (held, now) ->
                                        transitions.succeed(
                                                held, last.succeeded(output, now), output, now))
                        : claimed.writeDirectly(
                                (started, now) ->
                                        transitions.succeedUnclaimed(
                                                started, last.succeeded(output, now), output, now));
        return finish(Status.SUCCEEDED, result);
    }

    /** Finishes a request whose steps are all done, because its type now has fewer steps. */
    void succeedWithoutStep() throws InterruptedException {
        StepState last = lastOf(claimed.request().steps());
        String result = last.output() == null ? "null" : last.output();
        finish(
                Status.SUCCEEDED,
                claimed.write((held, now) -> transitions.succeed(held, last, result, now)));
    }

    private static StepState lastOf(List<StepState> steps) {
        return steps.get(steps.size() - 1);
    }

    /** Ends the request FAILED. Returns false. */
    boolean fail(RequestError error) throws InterruptedException {
        return finish(
                Status.FAILED, claimed.write((held, now) -> transitions.fail(held, error, now)));
    }

    private boolean retryOrFail(RequestError error, Retry retry) throws InterruptedException {
        Request request = claimed.request();
        metrics.count(Metrics.Counter.RETRIED, type, 1);
        if (request.failures() >= retry.times()) {
            return fail(error);
        }
        Duration wait = backoff.after(request.failures(), retry);
        LOG.info(
                "step {} of {} failed with {}; retrying in {} ms",
                error.step(),
                request.key(),
                error.code(),
                wait.toMillis());
        tryWrite(
                (held, now) ->
                        transitions.retryLater(held, retry.times(), error, now.plus(wait), now));
        return false;
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
        tryWrite(transitions::handBack);
        return false;
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
        tryWrite(transitions::handBackUnfinished);
        return false;
    }

    private boolean stop() throws InterruptedException {
        WriteResult result = claimed.write(transitions::stop);
        if (result == WriteResult.HELD) {
            count(Status.CANCELLED);
        }
        return false;
    }

    private boolean lost() {
        LOG.info("lost the claim on {}; discarding its uncommitted work", claimed.request().key());
        return false;
    }

    /** Fails the request, because its result cannot be stored. */
    private boolean refused() throws InterruptedException {
        Request request = claimed.request();
        int next = request.nextStep();
        String step = next < request.steps().size() ? request.steps().get(next).name() : null;
        RequestError error = StepErrors.refused(claimed.refusal(), step).error();
        if (claimed.write((held, now) -> transitions.fail(held, error, now)) == WriteResult.HELD) {
            count(Status.FAILED);
            return false;
        }
        return lost();
    }

    private boolean finish(Status status, WriteResult result) throws InterruptedException {
        if (handleResult(result)) {
            count(status);
        }
        return false;
    }

    private boolean tryWrite(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        return handleResult(claimed.write(transition));
    }

    private boolean handleResult(WriteResult result) throws InterruptedException {
        return switch (result) {
            case HELD -> true;
            case CANCEL_REQUESTED -> stop();
            case LOST -> lost();
            case REFUSED -> refused();
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
