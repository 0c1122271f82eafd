package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.settings.FunctionTimeouts;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.emulator.function.AsyncRules;
import dev.statuswire.emulator.function.FunctionApi;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.queue.SqsDelayQueue;
import dev.statuswire.emulator.queue.SqsQueueSettings;
import dev.statuswire.processor.LambdaWorkerInvoker;
import dev.statuswire.processor.SqsTimers;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.TimerHandler;
import dev.statuswire.processor.Timers;
import dev.statuswire.processor.Worker;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.StepLinks;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs the functions that process requests, with what invokes them: an event source mapping, the
 * Invoke API, a queue and a schedule.
 */
final class ProcessingComponents {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessingComponents.class);
    private static final String WORKER = "statuswire-worker";
    private static final SqsQueueSettings TIMERS =
            new SqsQueueSettings(
                    "statuswire-timers",
                    DeliverySettings.TIMER_VISIBILITY,
                    DeliverySettings.TIMER_RETENTION,
                    DeliverySettings.TIMER_BATCH,
                    DeliverySettings.TIMER_CONCURRENCY);

    /**
     * The same as in the stack: an event that fails or waits for too long is dropped, and its
     * request becomes due again.
     */
    private static final AsyncRules WORKERS_EVENTS =
            new AsyncRules(
                    AsyncRules.LAMBDA.delays().subList(0, DeliverySettings.WORKER_RETRIES),
                    DeliverySettings.OLDEST_WORKER_EVENT);

    /** The time for a running invocation to complete its writes. */
    private static final Duration TO_END = Duration.ofSeconds(1);

    private final FunctionApi functions;
    private final LambdaClient lambda;
    private final SqsDelayQueue queue;
    private final SqsClient sqs;
    private final FunctionDefinition<SQSEvent, Void> timer;
    private final EventSourceMapping mapping;
    private final SweepLoop sweepLoop;

    ProcessingComponents(SharedComponents components, LocalMappings mappings) {
        functions = FunctionApi.open(0, WORKERS_EVENTS, components.steady());
        lambda = LambdaWorkerInvoker.client(Optional.of(functions.endpoint()));
        functions.register(worker(components));
        queue = SqsDelayQueue.open(TIMERS, components.steady());
        sqs = SqsTimers.client(Optional.of(queue.endpoint()));
        Timers timers = new SqsTimers(sqs, queue.url(), components.clock());
        timer = timer(components, timers);
        mapping =
                mappings.of(
                        "processor",
                        components.tables().requests(),
                        processor(components, timers),
                        StreamDelivery.ACCEPTED_OR_DUE_LATER);
        Duration every = sweepEvery(components.transitions().timing());
        sweepLoop =
                new SweepLoop(
                        new FunctionRuntime<>(
                                sweeper(components, timers, every), components.steady()),
                        every,
                        components.steady());
    }

    /**
     * Returns how often to sweep: every minute, as on AWS, or more often if a lease or the start
     * grace is shorter. Otherwise the sweeper would find leases that end within the minute too
     * late.
     */
    static Duration sweepEvery(TransitionTiming timing) {
        return Stream.of(DeliverySettings.SWEEP_EVERY, timing.lease(), timing.startGrace())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * Creates a runner for one function. As on AWS, each function has its own, so that slow steps
     * do not use the threads of quick ones.
     */
    private static RequestRunner runner(SharedComponents components) {
        return new RequestRunner(
                components.store(),
                components.transitions(),
                components.types(),
                components.typeEnvironments(),
                new StepLinks(components.links(), components::publicUrl),
                components.metrics(),
                TimeAndRandomness.real());
    }

    private static FunctionDefinition<?, ?> worker(SharedComponents components) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // a map of strings, as Worker declares
        Class<Map<String, String>> event = (Class) Map.class;
        return new FunctionDefinition<>(
                WORKER,
                event,
                new Worker(
                        new Worker.Collaborators(
                                components.store(), runner(components), FunctionHost.NONE)),
                FunctionTimeouts.WORKER);
    }

    private FunctionDefinition<DynamodbEvent, ?> processor(
            SharedComponents components, Timers timers) {
        return new FunctionDefinition<>(
                "statuswire-processor",
                DynamodbEvent.class,
                new StreamProcessor(
                        new StreamProcessor.Collaborators(
                                components.types(),
                                runner(components),
                                new LambdaWorkerInvoker(lambda, WORKER),
                                timers,
                                FunctionHost.keeping(components.metrics()),
                                components.unreadable(),
                                TimeAndRandomness.real())),
                FunctionTimeouts.PROCESSOR);
    }

    private static FunctionDefinition<ScheduledEvent, Void> sweeper(
            SharedComponents components, Timers timers, Duration every) {
        return new FunctionDefinition<>(
                "statuswire-sweeper",
                ScheduledEvent.class,
                new Sweeper(
                        new Sweeper.Collaborators(
                                components.index(),
                                components.store(),
                                components.transitions(),
                                timers,
                                every,
                                FunctionHost.keeping(components.metrics()),
                                TimeAndRandomness.real())),
                FunctionTimeouts.SWEEPER,
                1);
    }

    private static FunctionDefinition<SQSEvent, Void> timer(
            SharedComponents components, Timers timers) {
        return new FunctionDefinition<>(
                "statuswire-timer",
                SQSEvent.class,
                new TimerHandler(
                        new TimerHandler.Collaborators(
                                components.store(),
                                components.transitions(),
                                timers,
                                FunctionHost.keeping(components.metrics()),
                                TimeAndRandomness.real())),
                FunctionTimeouts.TIMER);
    }

    void start() {
        queue.start(timer);
        mapping.start();
        sweepLoop.start();
    }

    /** Returns whether overdue requests are being swept. */
    boolean isSweeping() {
        return sweepLoop.isUp();
    }

    /**
     * Stops processing: accepts no new work, lets running work finish within {@code deadline} and
     * then hands it back.
     */
    void stop(Duration deadline) throws InterruptedException {
        sweepLoop.stop();
        Thread quick = Thread.ofVirtual().start(() -> stopMapping(deadline));
        boolean finished = functions.stop(deadline);
        quick.join();
        queue.stop(TO_END);
        lambda.close();
        sqs.close();
        LOG.info(
                "processing stopped; {}",
                finished ? "all work finished" : "unfinished work is handed back");
    }

    private void stopMapping(Duration deadline) {
        try {
            mapping.stop(deadline);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
