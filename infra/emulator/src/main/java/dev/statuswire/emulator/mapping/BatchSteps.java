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
 * What a lane does with a batch: invoke the function, and then what {@link RetryRules} say. One for
 * all of a shard.
 */
final class BatchSteps {

    private static final Logger log = LoggerFactory.getLogger(BatchSteps.class);

    private final FunctionRuntime<DynamodbEvent, ?> function;
    private final Retries retries;
    private final ShardProgress progress;
    private final Failures failures;
    private final EmulatorTime time;

    BatchSteps(
            FunctionRuntime<DynamodbEvent, ?> function,
            Retries retries,
            ShardProgress progress,
            Failures failures,
            EmulatorTime time) {
        this.function = function;
        this.retries = retries;
        this.progress = progress;
        this.failures = failures;
        this.time = time;
    }

    /**
     * Blocks for the invocation. One that was interrupted settles nothing: its records come again
     * at the next start.
     */
    void invoke(Batch batch, LaneWork work) {
        String requestId = UUID.randomUUID().toString();
        Outcome outcome = call(batch, requestId);
        if (!Thread.currentThread().isInterrupted()) {
            settle(batch, outcome, requestId, work);
        }
    }

    private void settle(Batch batch, Outcome outcome, String requestId, LaneWork work) {
        switch (new RetryRules(retries).after(batch, outcome)) {
            case Next.Finished() -> progress.finished(batch.records());
            case Next.Again(int done, List<Batch> rest) -> {
                progress.finished(batch.records().subList(0, done));
                retry(rest, outcome, work);
            }
            case Next.GiveUp(int done, Batch lost, Condition condition) -> {
                progress.finished(batch.records().subList(0, done));
                giveUp(lost, condition, requestId, outcome instanceof Outcome.Threw);
            }
        }
    }

    /** Without an invocation. */
    void discard(Batch batch, Condition condition) {
        giveUp(batch, condition, null, false);
    }

    private Outcome call(Batch batch, String requestId) {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(
                batch.records().stream().map(BatchRecord::event).collect(Collectors.toList()));
        return switch (function.invoke(event, requestId)) {
            case Invocation.Returned<?>(Object response) -> read(response, batch);
            case Invocation.Failed<?>(Throwable error) -> new Outcome.Threw(error);
        };
    }

    /** A response that the runtime cannot write is a failed invocation. */
    private Outcome read(@Nullable Object response, Batch batch) {
        try {
            return BatchResponse.read(response, batch, retries.reportItemFailures());
        } catch (RuntimeException e) {
            return new Outcome.Threw(e);
        }
    }

    private void retry(List<Batch> rest, Outcome outcome, LaneWork work) {
        Duration wait = failures.backoff().after(rest.getFirst().invocations());
        Throwable cause = outcome instanceof Outcome.Threw(Throwable error) ? error : null;
        log.warn(
                "{} failed from record {} on; will be called again in {}",
                function.function().name(),
                rest.getFirst().first().number(),
                wait,
                cause);
        work.again(rest, time.steady().instant().plus(wait));
    }

    private void giveUp(
            Batch lost, Condition condition, @Nullable String requestId, boolean threw) {
        failures.discarded(lost, condition, requestId, threw, time.clock().instant());
        progress.finished(lost.records());
    }
}
