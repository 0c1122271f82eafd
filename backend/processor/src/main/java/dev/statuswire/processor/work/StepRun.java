package dev.statuswire.processor.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.processor.work.ClaimedRequest.WriteResult;
import dev.statuswire.sdk.PlannedWait;
import dev.statuswire.sdk.StepDefinition;
import dev.statuswire.sdk.StepKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One run of one step. The step runs on its own thread. The worker's thread monitors it and does
 * all writes: progress at most once a second, and a sign of life after every third of the lease. So
 * a step that hangs or ignores an interrupt blocks neither the worker nor the request.
 */
final class StepRun<I> {

    private static final Logger LOG = LoggerFactory.getLogger(StepRun.class);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    /** The longest time between two checks whether the worker's time is over. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final ClaimedRequest claimed;
    private final StepDefinition<I, ?> step;
    private final boolean isUndo;
    private final StepContexts<I> contexts;
    private final Transitions transitions;
    private final Executor threads;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Semaphore progressWrites;
    private final StepMailbox mailbox;
    private @Nullable Progress unwritten;

    /**
     * @param isUndo whether to undo the step instead of running it
     * @param threads runs the step
     * @param progressWrites limits how many runs of this process write progress at the same time
     */
    StepRun(
            ClaimedRequest claimed,
            StepDefinition<I, ?> step,
            boolean isUndo,
            StepContexts<I> contexts,
            Transitions transitions,
            TimeAndRandomness timeAndRandomness,
            Executor threads,
            Semaphore progressWrites) {
        this.claimed = claimed;
        this.step = step;
        this.isUndo = isUndo;
        this.contexts = contexts;
        this.transitions = transitions;
        this.threads = threads;
        this.clock = timeAndRandomness.clock();
        this.steady = timeAndRandomness.steady();
        this.mailbox = new StepMailbox(timeAndRandomness.waiting());
        this.progressWrites = progressWrites;
    }

    /** Runs the step until it ends or the worker must not continue. */
    StepResult run(int index, TimeLeft timeLeft) throws InterruptedException {
        Instant limit = steady.instant().plus(step.timeLimit());
        var watch = new CancellationCheck(claimed.request(), claimed::check, steady);
        var context =
                new RunningStepContext<>(
                        claimed.request(),
                        contexts,
                        index,
                        isUndo,
                        mailbox::progress,
                        watch::cancelled);
        Map<String, String> logging =
                Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
        var running =
                new FutureTask<Void>(() -> mailbox.ended(runLogged(logging, context, index)), null);
        threads.execute(running);
        try {
            return monitor(limit, timeLeft);
        } finally {
            running.cancel(true);
        }
    }

    /**
     * Runs the step with the caller's logging context, so that its log lines belong to the same
     * invocation, and adds the request, its type and the step.
     */
    private StepResult runLogged(
            Map<String, String> logging, RunningStepContext<I> context, int index) {
        MDC.setContextMap(logging);
        MDC.put("requestId", context.requestId());
        MDC.put("type", claimed.request().type());
        MDC.put("step", step.name());
        try {
            return runStep(context, index);
        } finally {
            MDC.clear();
        }
    }

    private StepResult runStep(RunningStepContext<I> context, int index) {
        try {
            if (isUndo) {
                step.undo(context, outputOf(claimed.request().steps().get(index)));
                return returned(NullNode.getInstance());
            }
            Optional<PlannedWait> wait = step.planWait(context);
            return wait.isPresent() ? waits(wait.get()) : returned(step.run(context));
        } catch (Throwable thrown) {
            LOG.info(
                    "step {} failed in attempt {}", context.effectKey(), context.attempt(), thrown);
            return StepErrors.of(thrown, step.name(), step.retry());
        }
    }

    /** Returns null's JSON for a step that was interrupted or has failed. */
    private static JsonNode outputOf(StepState step) {
        return Json.parse(String.valueOf(step.output())).orElseThrow();
    }

    /** A delay that is already over is skipped. */
    private StepResult waits(PlannedWait planned) {
        String answer = null;
        if (planned.defaultAnswer() != null) {
            StepResult checked = returned(planned.defaultAnswer());
            if (!(checked instanceof StepResult.Returned returned)) {
                return checked;
            }
            answer = returned.output();
        }
        Instant now = clock.instant();
        Instant until;
        try {
            until = planned.endsAt(now);
        } catch (IllegalArgumentException tooLong) {
            return StepErrors.waitTooLong(step.name());
        }
        boolean isForAnswer = step.kind() == StepKind.ANSWER;
        return isForAnswer || until.isAfter(now)
                ? new StepResult.Waits(
                        new Wait(step.name(), isForAnswer, planned.prompt(), answer), until)
                : returned(NullNode.getInstance());
    }

    private StepResult returned(JsonNode output) {
        String text = Json.write(output);
        if (!Json.isUnicode(text)) {
            return StepErrors.outputNotUnicode(step.name());
        }
        return text.getBytes(StandardCharsets.UTF_8).length > StepState.MAX_OUTPUT_BYTES
                ? StepErrors.outputTooLarge(step.name())
                : new StepResult.Returned(text);
    }

    private StepResult monitor(Instant limit, TimeLeft timeLeft) throws InterruptedException {
        while (true) {
            Optional<StepResult> end = mailbox.awaitEnd(untilNextCheck(limit, timeLeft));
            if (end.isPresent()) {
                return end.get();
            }
            if (timeLeft.isOver()) {
                return new StepResult.Stopped(timeLeft.reason());
            }
            if (!steady.instant().isBefore(limit)) {
                return StepErrors.timedOut(step.name(), step.timeLimit());
            }
            switch (signOfLife()) {
                case HELD -> {}
                case CANCEL_REQUESTED -> {
                    return new StepResult.Stopped(StepResult.StopReason.CANCEL_REQUESTED);
                }
                case LOST -> {
                    return new StepResult.Stopped(StepResult.StopReason.LOST);
                }
                case REFUSED -> {
                    return StepErrors.refused(claimed.refusal(), step.name());
                }
            }
        }
    }

    private Duration untilNextCheck(Instant limit, TimeLeft timeLeft) {
        Instant now = steady.instant();
        Duration toLimit = Duration.between(now, limit);
        if (!claimed.isClaimed()) {
            toLimit = shortest(toLimit, Duration.between(now, claimed.claimAt()));
        }
        return shortest(shortest(toLimit, timeLeft.left().get()), LONGEST_WAIT);
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private WriteResult signOfLife() throws InterruptedException {
        Progress newest = mailbox.takeProgress();
        unwritten = newest == null ? unwritten : newest;
        Instant now = steady.instant();
        if (!claimed.isClaimed()) {
            return now.isBefore(claimed.claimAt()) ? WriteResult.HELD : claimed.claim();
        }
        if (!now.isBefore(claimed.extendAt())) {
            return write();
        }
        boolean mayWrite = !now.isBefore(claimed.writtenAt().plus(BETWEEN_WRITES));
        return mayWrite && unwritten != null ? writeIfPermitted() : WriteResult.HELD;
    }

    /**
     * Limits concurrent progress writes, so that a claim or a commit never waits for hundreds of
     * them.
     */
    private WriteResult writeIfPermitted() throws InterruptedException {
        if (!progressWrites.tryAcquire()) {
            return WriteResult.HELD;
        }
        try {
            return write();
        } finally {
            progressWrites.release();
        }
    }

    private WriteResult write() throws InterruptedException {
        Progress progress = unwritten;
        unwritten = null;
        return claimed.write((held, at) -> transitions.alive(held, progress, at));
    }
}
