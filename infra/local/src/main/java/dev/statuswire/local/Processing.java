package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.settings.TimeOuts;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.local.function.AsyncRules;
import dev.statuswire.local.function.FunctionApi;
import dev.statuswire.local.function.FunctionRuntime;
import dev.statuswire.local.function.LocalFunction;
import dev.statuswire.local.mapping.EventSourceMapping;
import dev.statuswire.processor.LambdaWorkerFunction;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.Worker;
import dev.statuswire.processor.work.RequestRunner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The functions that get work done, with what calls them: mapping, Invoke API, schedule. */
final class Processing {

    private static final Logger LOG = LoggerFactory.getLogger(Processing.class);
    private static final String WORKER = "statuswire-worker";

    private final FunctionApi functions;
    private final LambdaClient lambda;
    private final EventSourceMapping mapping;
    private final SweepLoop sweepLoop;

    Processing(Parts parts, Mappings mappings) {
        functions = FunctionApi.open(0, AsyncRules.LAMBDA, parts.steady());
        lambda = LambdaWorkerFunction.client(Optional.of(functions.endpoint()));
        functions.register(worker(parts));
        mapping =
                mappings.of(
                        "processor",
                        parts.tables().requests(),
                        processor(parts),
                        StreamDelivery.ACCEPTED_ONLY);
        sweepLoop = new SweepLoop(new FunctionRuntime<>(sweeper(parts), parts.steady()));
    }

    /** One for each function, as on AWS: slow steps do not take the threads of quick ones. */
    private static RequestRunner runner(Parts parts) {
        return new RequestRunner(
                parts.workersStore(),
                parts.transitions(),
                parts.types(),
                parts.metrics(),
                TimeAndChance.real());
    }

    private static LocalFunction<?, ?> worker(Parts parts) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // a map of strings, as Worker declares
        Class<Map<String, String>> event = (Class) Map.class;
        return new LocalFunction<>(
                WORKER, event, new Worker(parts.workersStore(), runner(parts)), TimeOuts.WORKER);
    }

    private LocalFunction<DynamodbEvent, ?> processor(Parts parts) {
        return new LocalFunction<>(
                "statuswire-processor",
                DynamodbEvent.class,
                new StreamProcessor(
                        parts.types(),
                        runner(parts),
                        new LambdaWorkerFunction(lambda, WORKER),
                        FunctionHost.keeping(parts.metrics()),
                        parts.unreadable(),
                        TimeAndChance.real()),
                TimeOuts.PROCESSOR);
    }

    private static LocalFunction<ScheduledEvent, Void> sweeper(Parts parts) {
        return new LocalFunction<>(
                "statuswire-sweeper",
                ScheduledEvent.class,
                new Sweeper(
                        parts.index(),
                        parts.store(),
                        parts.transitions(),
                        parts.metrics(),
                        TimeAndChance.real()),
                TimeOuts.SWEEPER,
                1);
    }

    void start() {
        mapping.start();
        sweepLoop.start();
    }

    /** Whether what is overdue is looked after. */
    boolean isSweeping() {
        return sweepLoop.isUp();
    }

    /**
     * No new work; what runs may finish until {@code deadline} from now, and is handed back then.
     */
    void stop(Duration deadline) throws InterruptedException {
        sweepLoop.stop();
        Thread quick = Thread.ofVirtual().start(() -> stopMapping(deadline));
        boolean finished = functions.stop(deadline);
        quick.join();
        lambda.close();
        LOG.info("work ended; {}", finished ? "nothing was cut short" : "the rest is handed back");
    }

    private void stopMapping(Duration deadline) {
        try {
            mapping.stop(deadline);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
