package dev.statuswire.processor.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.Step;
import dev.statuswire.processor.work.ClaimedRequest.WriteResult;
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
 * One run of one step. The step runs on a thread of its own; the worker's thread attends to it and
 * alone writes: progress at most once a second, a sign of life at every third of the lease. So a
 * step that hangs, or does not heed an interrupt, keeps neither the worker nor the request.
 */
final class StepRun {

    private static final Logger LOG = LoggerFactory.getLogger(StepRun.class);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    /** How often at least the worker looks whether its time is over. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final ClaimedRequest claimed;
    private final Step step;
    private final Transitions transitions;
    private final Executor threads;
    private final InstantSource steady;
    private final Semaphore progressWrites;
    private final StepMailbox mailbox;
    private @Nullable Progress unwritten;

    /**
     * @param threads where the step runs
     * @param progressWrites as many as may write mere progress at once in this process
     */
    StepRun(
            ClaimedRequest claimed,
            Step step,
            Transitions transitions,
            TimeAndRandomness timeAndRandomness,
            Executor threads,
            Semaphore progressWrites) {
        this.claimed = claimed;
        this.step = step;
        this.transitions = transitions;
        this.threads = threads;
        this.steady = timeAndRandomness.steady();
        this.mailbox = new StepMailbox(timeAndRandomness.waiting());
        this.progressWrites = progressWrites;
    }

    /** Runs the step to its end, or until the worker may not go on. */
    StepResult run(JsonNode input, int index, TimeLeft timeLeft) throws InterruptedException {
        Instant limit = steady.instant().plus(step.timeLimit());
        var watch = new CancellationCheck(claimed.request(), claimed::look, steady);
        var context =
                new RunningStepContext(
                        claimed.request(), input, index, mailbox::progress, watch::cancelled);
        Map<String, String> logging =
                Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
        var running = new FutureTask<Void>(() -> mailbox.ended(endLogged(logging, context)), null);
        threads.execute(running);
        try {
            return attend(limit, timeLeft);
        } finally {
            running.cancel(true);
        }
    }

    /** The lines that a step logs belong to the invocation that it runs in, as the caller's do. */
    private StepResult endLogged(Map<String, String> logging, RunningStepContext context) {
        MDC.setContextMap(logging);
        try {
            return end(context);
        } finally {
            MDC.clear();
        }
    }

    private StepResult end(RunningStepContext context) {
        try {
            return returned(step.run(context));
        } catch (Throwable thrown) {
            LOG.info(
                    "step {} failed in attempt {}", context.effectKey(), context.attempt(), thrown);
            return StepErrors.of(thrown, step.name());
        }
    }

    private StepResult returned(@Nullable JsonNode output) {
        String text = output == null ? "null" : Json.write(output);
        if (!Json.isUnicode(text)) {
            return StepErrors.outputNotUnicode(step.name());
        }
        return text.getBytes(StandardCharsets.UTF_8).length > StepState.MAX_OUTPUT_BYTES
                ? StepErrors.outputTooLarge(step.name())
                : new StepResult.Returned(text);
    }

    private StepResult attend(Instant limit, TimeLeft timeLeft) throws InterruptedException {
        while (true) {
            Optional<StepResult> end = mailbox.awaitEnd(untilNextLook(limit, timeLeft));
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
                case CANCEL_WANTED -> {
                    return new StepResult.Stopped(StepResult.Reason.CANCEL_WANTED);
                }
                case LOST -> {
                    return new StepResult.Stopped(StepResult.Reason.LOST);
                }
                case REFUSED -> {
                    return StepErrors.refused(claimed.refusal(), step.name());
                }
            }
        }
    }

    private Duration untilNextLook(Instant limit, TimeLeft timeLeft) {
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
        Progress said = mailbox.takeProgress();
        unwritten = said == null ? unwritten : said;
        Instant now = steady.instant();
        if (!claimed.isClaimed()) {
            return now.isBefore(claimed.claimAt()) ? WriteResult.HELD : claimed.claim();
        }
        if (!now.isBefore(claimed.extendAt())) {
            return write();
        }
        boolean mayWrite = !now.isBefore(claimed.writtenAt().plus(BETWEEN_WRITES));
        return mayWrite && unwritten != null ? writeIfThereIsRoom() : WriteResult.HELD;
    }

    /**
     * Of hundreds that report progress, few do at once: a claim or a commit never waits for all.
     */
    private WriteResult writeIfThereIsRoom() throws InterruptedException {
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
