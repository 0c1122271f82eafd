package dev.statuswire.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.notifier.connections.Connections;
import dev.statuswire.notifier.frame.Frames;
import dev.statuswire.notifier.push.AtOnce;
import dev.statuswire.notifier.push.Bound;
import dev.statuswire.notifier.push.Calls;
import dev.statuswire.notifier.push.ConnectionGateway;
import dev.statuswire.notifier.push.ManagementApiGateway;
import dev.statuswire.notifier.push.Pusher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second reader of the requests table's stream: pushes each change to every connection of its
 * owner. Items that are no requests are passed over.
 *
 * <p><b>No update is missed</b>, since the subscribers are read, consistently, after the records
 * were. A page's row is written before the page is told {@code subscribed}, and the page reads the
 * list, consistently, after that. So of any change and any page: either the row was there when the
 * subscribers were read, and the change is pushed; or it was written later, thus after the change
 * had been read from the stream, and the list has it. A page that hears of it twice, or late, goes
 * by the version.
 *
 * <p>Where the subscribers cannot be read, that owner's records are reported as failed and come
 * again, and what follows them in the batch with them. So they are where the gateway is out of
 * reach; one page that is slow or broken is never a reason for it: see {@link Pusher}. The mapping
 * needs {@code ReportBatchItemFailures}, and the function a time-out well above what a slow
 * connection may cost, such as a minute.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
 *     batch responses with DynamoDB and Lambda</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewaymanagementapi/latest/api/API_connections_connectionId_PostToConnection.html">PostToConnection</a>
 */
public final class StatusNotifier implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(StatusNotifier.class);

    private static final int QUERIES_AT_ONCE = 32;

    private final Frames frames;
    private final Connections connections;
    private final Pusher pusher;
    private final FunctionHost host;
    private final UnreadableItems unreadable;
    private final InstantSource clock;
    private final Bound queries = new Bound(QUERIES_AT_ONCE);

    /** As Lambda makes it, from the process's environment and the types of its class path. */
    public StatusNotifier() {
        this(Environment.ofProcess());
    }

    /** As the no-argument constructor makes it, from these variables. */
    public StatusNotifier(Environment environment) {
        this(NotifierSettings.logged(environment));
    }

    private StatusNotifier(NotifierSettings settings) {
        this(
                RequestTypes.load(),
                settings.openConnections(),
                ManagementApiGateway.at(settings.requiredGateway()),
                FunctionHost.ofProcess(),
                new UnreadableItems(FunctionHost.ofProcess().metrics()),
                TimeAndChance.real());
        host.beforeSnapshot(settings.priming());
        host.beforeSnapshot(new FramePriming(frames));
    }

    /**
     * Pushes through {@code gateway}.
     *
     * @param types whose steps are shown of requests that nobody has claimed yet
     */
    public StatusNotifier(
            RequestTypes types,
            Connections connections,
            ConnectionGateway gateway,
            Metrics metrics,
            UnreadableItems unreadable,
            TimeAndChance timeAndChance) {
        this(types, connections, gateway, FunctionHost.keeping(metrics), unreadable, timeAndChance);
    }

    private StatusNotifier(
            RequestTypes types,
            Connections connections,
            ConnectionGateway gateway,
            FunctionHost host,
            UnreadableItems unreadable,
            TimeAndChance timeAndChance) {
        this(
                new Frames(new StatusDocuments(types)),
                connections,
                new Pusher(
                        gateway,
                        connections,
                        new Calls(timeAndChance),
                        host.metrics(),
                        timeAndChance.clock()),
                host,
                unreadable,
                timeAndChance.clock());
    }

    StatusNotifier(Frames frames, Connections connections, Pusher pusher, InstantSource clock) {
        this(
                frames,
                connections,
                pusher,
                FunctionHost.NONE,
                new UnreadableItems(Metrics.NONE),
                clock);
    }

    private StatusNotifier(
            Frames frames,
            Connections connections,
            Pusher pusher,
            FunctionHost host,
            UnreadableItems unreadable,
            InstantSource clock) {
        this.clock = clock;
        this.host = host;
        this.unreadable = unreadable;
        this.frames = frames;
        this.connections = connections;
        this.pusher = pusher;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return host.handle(event, context, () -> push(event));
    }

    private StreamsEventResponse push(DynamodbEvent event) {
        List<Callable<List<String>>> owners =
                byOwner(event).entrySet().stream()
                        .map(owner -> pushing(owner.getKey(), owner.getValue()))
                        .toList();
        return response(AtOnce.all(owners).stream().flatMap(List::stream));
    }

    private Map<String, List<RequestRecord>> byOwner(DynamodbEvent event) {
        Instant now = clock.instant();
        return event.getRecords().stream()
                .flatMap(lambdas -> RequestRecord.read(lambdas, unreadable, now).stream())
                .collect(
                        Collectors.groupingBy(
                                record -> record.key().owner(),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    private Callable<List<String>> pushing(String owner, List<RequestRecord> records) {
        return () -> push(owner, records);
    }

    /** The sequence numbers of the records that are to come again. */
    private List<String> push(String owner, List<RequestRecord> records) {
        List<String> subscribers;
        try {
            subscribers = queries.within(() -> connections.subscribers(owner));
        } catch (StoreException failed) {
            LOG.error("{} records are not pushed; they come again", records.size(), failed);
            return sequenceNumbers(records);
        }
        boolean enough =
                subscribers.isEmpty() || pusher.push(owner, subscribers, frames.of(records));
        if (!enough) {
            LOG.warn("the gateway is out of reach; {} records come again", records.size());
        }
        return enough ? List.of() : sequenceNumbers(records);
    }

    private static List<String> sequenceNumbers(List<RequestRecord> records) {
        return records.stream().map(RequestRecord::sequenceNumber).toList();
    }

    private static StreamsEventResponse response(Stream<String> failed) {
        return new StreamsEventResponse(failed.map(BatchItemFailure::new).toList());
    }
}
