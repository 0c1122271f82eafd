package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.ParallelTasks;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.TimeLeft;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes the requests table's stream: starts each request that became ACCEPTED, and sets a timer
 * for each that became SCHEDULED, RETRYING or WAITING. The quick requests of a batch run
 * concurrently. Slow requests are handed to the worker, and so are requests that returned from
 * RUNNING to ACCEPTED, because they took longer than they may here or killed their worker.
 *
 * <p>On its {@linkplain FirstDeliveryDetector first delivery}, a quick request of one step runs
 * without a claim.
 *
 * <p>If a request could not be started, its record is reported as failed, and Lambda redelivers it.
 * Once the request has been started, the record is done: whatever happens then, the request becomes
 * due again.
 *
 * <p>Before a snapshot it receives a change of a quick request that does not exist, whose claim is
 * then refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
 *     batch response with a DynamoDB event source</a>
 */
public final class StreamProcessor implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamProcessor.class);

    /** How long a quick request may delay its batch. */
    private static final Duration QUICK = Duration.ofSeconds(3);

    private static final int AT_ONCE = 64;

    /**
     * The metric label of unknown types. Clients invent their names, and each name would become a
     * metric of its own.
     */
    private static final String UNKNOWN = "unknown";

    private final RequestTypes types;
    private final RequestRunner runner;
    private final WorkerInvoker worker;
    private final Timers timers;
    private final FunctionHost host;
    private final UnreadableItems unreadable;
    private final InstantSource steady;
    private final InstantSource clock;
    private final FirstDeliveryDetector firstDeliveries;

    /**
     * The collaborators of the handler.
     *
     * @param runner runs quick requests
     * @param worker receives slow requests
     * @param timers offer requests again after their backoff
     * @param timeAndRandomness limits how long quick requests run, and determines when requests
     *     expire
     */
    public record Collaborators(
            RequestTypes types,
            RequestRunner runner,
            WorkerInvoker worker,
            Timers timers,
            FunctionHost host,
            UnreadableItems unreadable,
            TimeAndRandomness timeAndRandomness) {}

    /** Creates the handler from the environment of the process, as Lambda does. */
    public StreamProcessor() {
        this(collaborators(Environment.ofProcess()));
    }

    /** Creates the handler with all its collaborators. */
    public StreamProcessor(Collaborators with) {
        this.types = with.types();
        this.runner = with.runner();
        this.worker = with.worker();
        this.timers = with.timers();
        this.host = with.host();
        this.unreadable = with.unreadable();
        this.steady = with.timeAndRandomness().steady();
        this.clock = with.timeAndRandomness().clock();
        this.firstDeliveries = new FirstDeliveryDetector(clock, steady);
        types.all().stream()
                .filter(type -> type.pace() == Pace.QUICK)
                .findFirst()
                .ifPresent(type -> host.beforeSnapshot(this, PrimingEvents.change(type.name())));
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static StreamProcessor of(Environment environment) {
        return new StreamProcessor(collaborators(environment));
    }

    private static Collaborators collaborators(Environment environment) {
        var components = new ProcessorComponents(environment);
        return new Collaborators(
                components.types(),
                components.runner(),
                components.worker(),
                components.timers(),
                components.host(),
                components.unreadable(),
                components.timeAndRandomness());
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return host.handle(event, context, () -> process(event, context));
    }

    private StreamsEventResponse process(DynamodbEvent event, Context context) {
        var permits = new Semaphore(AT_ONCE);
        List<Callable<Optional<BatchItemFailure>>> records =
                event.getRecords().stream()
                        .<Callable<Optional<BatchItemFailure>>>map(
                                record -> () -> process(record, context, permits))
                        .toList();
        List<BatchItemFailure> failures =
                ParallelTasks.all(records).stream().flatMap(Optional::stream).toList();
        return new StreamsEventResponse(failures);
    }

    private Optional<BatchItemFailure> process(
            DynamodbStreamRecord lambdaRecord, Context context, Semaphore permits)
            throws InterruptedException {
        permits.acquire();
        try {
            Optional<RequestRecord> record =
                    RequestRecord.read(lambdaRecord, unreadable, clock.instant());
            if (record.isPresent()) {
                dispatch(record.get(), context);
                count(record.get());
            }
            return Optional.empty();
        } catch (RuntimeException failed) {
            String sequenceNumber = lambdaRecord.getDynamodb().getSequenceNumber();
            LOG.warn("record {} failed; it will be redelivered", sequenceNumber, failed);
            return Optional.of(new BatchItemFailure(sequenceNumber));
        } finally {
            permits.release();
        }
    }

    /**
     * Counts accepted requests. They are counted here because every request passes here first,
     * whichever front door accepted it. A redelivered record is counted again; a record that failed
     * is not counted.
     */
    private void count(RequestRecord record) {
        if (record.isNew()) {
            String type =
                    record.after()
                            .map(Request::type)
                            .flatMap(types::find)
                            .map(Definition::name)
                            .orElse(UNKNOWN);
            host.metrics().count(Metrics.Counter.ACCEPTED, type, 1);
        }
    }

    private void dispatch(RequestRecord record, Context context) throws InterruptedException {
        if (record.after().isEmpty()) {
            return;
        }
        Request after = record.after().get();
        Optional<Instant> waitsUntil = after.waitsUntil();
        if (waitsUntil.isPresent()) {
            timers.set(List.of(new DueRequest(after.key(), waitsUntil.get())));
        } else if (after.status() == Status.ACCEPTED) {
            start(record, after, context);
        }
    }

    private void start(RequestRecord record, Request accepted, Context context)
            throws InterruptedException {
        if (record.wasReturnedFromWorker() || paceOf(accepted) == Pace.SLOW) {
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

    /** A request of an unknown type counts as quick, because it is set aside at once. */
    private Pace paceOf(Request request) {
        return types.find(request.type()).map(Definition::pace).orElse(Pace.QUICK);
    }
}
