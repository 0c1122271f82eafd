package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.NoOpEvents;
import dev.statuswire.core.function.ParallelTasks;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.TimeLeft;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer of the requests table's stream: starts what became ACCEPTED, and sets a timer for what
 * became RETRYING. Quick requests of a batch are worked on side by side. Slow ones go to the
 * worker, and so does what came back from RUNNING: it took longer than it may here, or it killed
 * its worker.
 *
 * <p>On its {@linkplain FirstDeliveryDetector first delivery} a quick request of one step runs
 * without a claim.
 *
 * <p>A record whose request could not be started is reported, so that Lambda delivers it again.
 * Once a request was started, its record is done: whatever happens, the request is due again later.
 *
 * <p>Before a snapshot it receives a change of a quick request that does not exist: its claim is
 * refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
 *     batch response with a DynamoDB event source</a>
 */
public final class StreamProcessor implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamProcessor.class);

    /** How long a quick request may hold up its batch. */
    private static final Duration QUICK = Duration.ofSeconds(3);

    private static final int SIDE_BY_SIDE = 64;

    /** Of types that a client has made up; each name of its own would be a figure of its own. */
    private static final String UNKNOWN = "unknown";

    private final RequestTypes types;
    private final RequestRunner runner;
    private final WorkerFunction worker;
    private final Timers timers;
    private final FunctionHost host;
    private final UnreadableItems unreadable;
    private final InstantSource steady;
    private final InstantSource clock;
    private final FirstDeliveryDetector firstDeliveries;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public StreamProcessor() {
        this(Environment.ofProcess());
    }

    /**
     * Creates the handler from these variables.
     *
     * @throws IllegalArgumentException if a setting has a wrong value
     */
    public StreamProcessor(Environment environment) {
        var wiring = new ProcessorWiring(environment);
        this(
                wiring.types(),
                wiring.runner(),
                wiring.worker(),
                wiring.timers(),
                wiring.host(),
                wiring.unreadable(),
                wiring.timeAndRandomness());
        types.all().stream()
                .filter(type -> type.pace() == Pace.QUICK)
                .findFirst()
                .ifPresent(type -> host.beforeSnapshot(this, NoOpEvents.change(type.name())));
    }

    /**
     * Creates the handler with all its collaborators.
     *
     * @param runner does quick work
     * @param worker receives slow work
     * @param timers for retries after their backoff
     * @param timeAndRandomness for how long quick work may take, and by which requests expire
     */
    public StreamProcessor(
            RequestTypes types,
            RequestRunner runner,
            WorkerFunction worker,
            Timers timers,
            FunctionHost host,
            UnreadableItems unreadable,
            TimeAndRandomness timeAndRandomness) {
        this.types = types;
        this.runner = runner;
        this.worker = worker;
        this.timers = timers;
        this.host = host;
        this.unreadable = unreadable;
        this.steady = timeAndRandomness.steady();
        this.clock = timeAndRandomness.clock();
        this.firstDeliveries = new FirstDeliveryDetector(clock, steady);
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return host.handle(event, context, () -> process(event, context));
    }

    private StreamsEventResponse process(DynamodbEvent event, Context context) {
        var places = new Semaphore(SIDE_BY_SIDE);
        List<Callable<Optional<BatchItemFailure>>> records =
                event.getRecords().stream()
                        .<Callable<Optional<BatchItemFailure>>>map(
                                record -> () -> process(record, context, places))
                        .toList();
        List<BatchItemFailure> failures =
                ParallelTasks.all(records).stream().flatMap(Optional::stream).toList();
        return new StreamsEventResponse(failures);
    }

    private Optional<BatchItemFailure> process(
            DynamodbStreamRecord lambdas, Context context, Semaphore places)
            throws InterruptedException {
        places.acquire();
        try {
            Optional<RequestRecord> record =
                    RequestRecord.read(lambdas, unreadable, clock.instant());
            if (record.isPresent()) {
                begin(record.get(), context);
                count(record.get());
            }
            return Optional.empty();
        } catch (RuntimeException failed) {
            String sequenceNumber = lambdas.getDynamodb().getSequenceNumber();
            LOG.warn("record {} failed; it will come again", sequenceNumber, failed);
            return Optional.of(new BatchItemFailure(sequenceNumber));
        } finally {
            places.release();
        }
    }

    /**
     * Here, since this is where a request shows itself first, whichever door it came in by. A
     * record that comes again is counted again; one that failed is not yet.
     */
    private void count(RequestRecord record) {
        if (record.isNew()) {
            String type =
                    record.after()
                            .map(Request::type)
                            .flatMap(types::find)
                            .map(RequestType::name)
                            .orElse(UNKNOWN);
            host.metrics().count(Metrics.Counter.ACCEPTED, type, 1);
        }
    }

    private void begin(RequestRecord record, Context context) throws InterruptedException {
        if (record.after().isEmpty()) {
            return;
        }
        Request after = record.after().get();
        if (after.status() == Status.RETRYING && after.dueAt() != null) {
            timers.set(List.of(new DueRequest(after.key(), after.dueAt())));
        } else if (after.status() == Status.ACCEPTED) {
            start(record, after, context);
        }
    }

    private void start(RequestRecord record, Request accepted, Context context)
            throws InterruptedException {
        if (record.cameBack() || paceOf(accepted) == Pace.SLOW) {
            worker.start(record.key());
            return;
        }
        TimeLeft timeLeft = TimeLeft.within(QUICK, steady, context);
        if (record.isNew() && firstDeliveries.isFirst(accepted)) {
            runner.runNew(accepted, timeLeft);
        } else {
            runner.run(accepted, timeLeft);
        }
    }

    /** An unknown type is found out quickly. */
    private Pace paceOf(Request request) {
        return types.find(request.type()).map(RequestType::pace).orElse(Pace.QUICK);
    }
}
