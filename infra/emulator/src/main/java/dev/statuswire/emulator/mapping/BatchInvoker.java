package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.Invocation;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes the function with a batch of a lane, and handles the outcome by the {@link RetryRules}.
 * All lanes of a shard share one.
 */
final class BatchInvoker {

    private static final Logger log = LoggerFactory.getLogger(BatchInvoker.class);

    private final FunctionRuntime<DynamodbEvent, ?> function;
    private final RetryRules rules;
    private final ShardProgress progress;
    private final FailureDestinationNotifier discarded;
    private final EmulatorTime time;

    BatchInvoker(
            FunctionRuntime<DynamodbEvent, ?> function,
            int maximumRetryAttempts,
            ShardProgress progress,
            FailureDestinationNotifier discarded,
            EmulatorTime time) {
        this.function = function;
        this.rules = new RetryRules(maximumRetryAttempts);
        this.progress = progress;
        this.discarded = discarded;
        this.time = time;
    }

    /**
     * Invokes the function with a batch and blocks until it finishes. The outcome of an interrupted
     * invocation is ignored; its records are redelivered at the next start.
     */
    void invoke(Batch batch, LaneQueue queue) {
        String requestId = UUID.randomUUID().toString();
        BatchOutcome outcome = call(batch, requestId);
        if (!Thread.currentThread().isInterrupted()) {
            settle(batch, outcome, requestId, queue);
        }
    }

    private void settle(Batch batch, BatchOutcome outcome, String requestId, LaneQueue queue) {
        switch (rules.after(batch, outcome)) {
            case RetryRules.Next.Finished() -> progress.finished(batch.records());
            case RetryRules.Next.Retry(int done, List<Batch> rest) -> {
                progress.finished(batch.records().subList(0, done));
                retry(rest, outcome, queue);
            }
            case RetryRules.Next.GiveUp(int done, Batch lost, DiscardReason reason) -> {
                progress.finished(batch.records().subList(0, done));
                giveUp(lost, reason, requestId, outcome instanceof BatchOutcome.Threw);
            }
        }
    }

    /** Discards a batch without an invocation. */
    void discard(Batch batch, DiscardReason reason) {
        giveUp(batch, reason, null, false);
    }

    private BatchOutcome call(Batch batch, String requestId) {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(
                batch.records().stream().map(BatchRecord::event).collect(Collectors.toList()));
        return switch (function.invoke(event, requestId)) {
            case Invocation.Returned<?>(Object response) -> read(response, batch);
            case Invocation.Failed<?>(Throwable error) -> new BatchOutcome.Threw(error);
        };
    }

    /** An invocation has also failed if its response cannot be serialized. */
    private BatchOutcome read(@Nullable Object response, Batch batch) {
        try {
            return BatchResponse.read(response, batch);
        } catch (RuntimeException e) {
            return new BatchOutcome.Threw(e);
        }
    }

    private void retry(List<Batch> rest, BatchOutcome outcome, LaneQueue queue) {
        Duration wait = RetryRules.pause(rest.getFirst().invocations(), time.random());
        Throwable cause = outcome instanceof BatchOutcome.Threw(Throwable error) ? error : null;
        log.warn(
                "{} failed at record {}; retrying in {}",
                function.function().name(),
                rest.getFirst().first().number(),
                wait,
                cause);
        queue.retry(rest, time.steady().instant().plus(wait));
    }

    private void giveUp(
            Batch lost, DiscardReason reason, @Nullable String requestId, boolean threw) {
        discarded.discarded(lost, reason, requestId, threw, time.clock().instant());
        progress.finished(lost.records());
    }
}
