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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what came of a step, and so of its request. Used by one thread. */
final class StepResultWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StepResultWriter.class);

    private final ClaimedRequest claimed;
    private final String type;
    private final Transitions transitions;
    private final Metrics metrics;
    private final Backoff backoff;
    private boolean committed;

    /**
     * @param type what is counted by: the name of a type that is known here, whatever others have
     *     written into the item since
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

    /** Writes how the step at {@code index} ended; whether there is a next one to run. */
    boolean write(StepResult end, int index, int maxFailures) throws InterruptedException {
        return switch (end) {
            case StepResult.Returned(String output) -> returned(output, index);
            case StepResult.Fatal(RequestError error) -> fail(error);
            case StepResult.Passing(RequestError error) -> failedForNow(error, maxFailures);
            case StepResult.Stopped(StepResult.Reason reason) -> stopped(reason);
        };
    }

    private boolean returned(String output, int index) throws InterruptedException {
        List<StepState> steps = claimed.request().steps();
        if (index == steps.size() - 1) {
            return succeeded(steps.get(index), output);
        }
        var progress = Progress.within(index + 1, steps.size(), 0, steps.get(index + 1).name());
        boolean goesOn =
                goesOn(
                        (held, now) ->
                                transitions.commitStep(
                                        held,
                                        index,
                                        held.steps().get(index).succeeded(output, now),
                                        progress,
                                        now));
        committed |= goesOn;
        return goesOn;
    }

    /** Of a request that was begun without a claim, this is its only write. Never a step to run. */
    private boolean succeeded(StepState last, String output) throws InterruptedException {
        WriteResult result =
                claimed.isClaimed()
                        ? claimed.write(
                                (held, now) ->
                                        transitions.succeed(
                                                held, last.succeeded(output, now), output, now))
                        : claimed.writeAsItIs(
                                (begun, now) ->
                                        transitions.succeedUnclaimed(
                                                begun, last.succeeded(output, now), output, now));
        return resultWriter(Status.SUCCEEDED, result);
    }

    /** Every step is done already: a type that has lost some of them. Never a step to run. */
    void succeedAsItIs() throws InterruptedException {
        StepState last = claimed.request().steps().getLast();
        String result = last.output() == null ? "null" : last.output();
        resultWriter(
                Status.SUCCEEDED,
                claimed.write((held, now) -> transitions.succeed(held, last, result, now)));
    }

    /** Ends the request FAILED. */
    boolean fail(RequestError error) throws InterruptedException {
        return resultWriter(
                Status.FAILED, claimed.write((held, now) -> transitions.fail(held, error, now)));
    }

    private boolean failedForNow(RequestError error, int maxFailures) throws InterruptedException {
        Request request = claimed.request();
        metrics.count(Metrics.Counter.RETRIED, type, 1);
        if (request.failures() + 1 >= maxFailures) {
            return fail(error);
        }
        Duration wait = backoff.after(request.failures());
        LOG.info("{} failed for now; will be tried again in {}", request.key(), wait);
        goesOn(
                (held, now) ->
                        transitions.retryLater(held, maxFailures, error, now.plus(wait), now));
        return false;
    }

    private boolean stopped(StepResult.Reason reason) throws InterruptedException {
        return switch (reason) {
            case CANCEL_WANTED -> stop();
            case OUT_OF_TIME -> handBack();
            case OUT_OF_INVOCATION -> committed ? handBack() : handBackUnfinished();
            case LOST -> lost();
        };
    }

    /** Gives the request back, unless it is to be stopped. Never a step to run. */
    boolean handBack() throws InterruptedException {
        LOG.info("the time is over; {} is handed back", claimed.request().key());
        goesOn(transitions::handBack);
        return false;
    }

    /** The same, and the attempt counts, so that a step no invocation is long enough for ends. */
    private boolean handBackUnfinished() throws InterruptedException {
        LOG.warn(
                "the invocation is over and finished no step; {} is handed back after attempt {}",
                claimed.request().key(),
                claimed.request().attempt());
        goesOn(transitions::handBackUnfinished);
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

    /** The outcome cannot be stored, so the request ends with that. */
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

    private boolean resultWriter(Status status, WriteResult result) throws InterruptedException {
        if (goesOn(result)) {
            count(status);
        }
        return false;
    }

    private boolean goesOn(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        return goesOn(claimed.write(transition));
    }

    private boolean goesOn(WriteResult result) throws InterruptedException {
        return switch (result) {
            case HELD -> true;
            case CANCEL_WANTED -> stop();
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
