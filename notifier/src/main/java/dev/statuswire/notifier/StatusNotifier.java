package dev.statuswire.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.ParallelTasks;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.stream.RemovedRequest;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.frame.ChangeFrames;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway;
import dev.statuswire.notifier.push.Pusher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Reads the requests table's stream, as the stream processor does, and pushes each change to every
 * connection of the request's owner. Connections by link only learn that the request has changed,
 * and read what their links show. Deletes the links of a request that was removed, or replaced by
 * the next one with its id. Ignores items that are not requests.
 *
 * <p><b>No update is missed</b>, because the subscribers are read, consistently, after the records.
 * A page's row is written before the page receives {@code subscribed}, and the page reads the list,
 * consistently, after that. So for any change and any page: either the row existed when the
 * subscribers were read, and the change is pushed; or the row was written later, after the change
 * had been read from the stream, and the list has the change. If a page receives a change twice or
 * late, it compares versions.
 *
 * <p>If the subscribers of a topic cannot be read, or the gateway is unreachable, the records of
 * that topic are reported as failed. They are redelivered, together with the records that follow
 * them in the batch. A single slow or broken page never causes this: see {@link Pusher}. All topics
 * of a batch are pushed at the same time. The mapping needs {@code ReportBatchItemFailures}, and
 * the function needs a timeout well above the time that a slow connection may take, such as a
 * minute.
 *
 * <p>Before a snapshot it receives a change of a request whose owner has no connections; it reads
 * the subscribers and pushes nothing.
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

    private static final List<List<Frame>> CHANGED = List.of(List.of(ChangeFrames.changed()));

    private final ChangeFrames frames;
    private final ConnectionStore connections;
    private final LinkStore links;
    private final Pusher pusher;
    private final FunctionHost host;
    private final UnreadableItems unreadable;
    private final InstantSource clock;
    private final Semaphore queries = new Semaphore(QUERIES_AT_ONCE);

    /**
     * The collaborators of the handler.
     *
     * @param types provide the steps that are shown for requests that no worker has claimed yet
     * @param gateway the client for pushes, to be closed by its owner
     */
    public record Collaborators(
            RequestTypes types,
            ConnectionStore connections,
            LinkStore links,
            ApiGatewayManagementApiClient gateway,
            FunctionHost host,
            UnreadableItems unreadable,
            TimeAndRandomness timeAndRandomness) {}

    /** Creates the handler from the environment of the process, as Lambda does. */
    public StatusNotifier() {
        this(collaborators(Environment.ofProcess()));
    }

    /** Creates the handler with all its collaborators. */
    public StatusNotifier(Collaborators with) {
        this.frames = new ChangeFrames(new StatusDocuments(with.types()));
        this.connections = with.connections();
        this.links = with.links();
        this.pusher =
                new Pusher(
                        with.gateway(),
                        with.connections(),
                        with.host().metrics(),
                        with.timeAndRandomness());
        this.host = with.host();
        this.unreadable = with.unreadable();
        this.clock = with.timeAndRandomness().clock();
        host.beforeSnapshot(this, PrimingEvents.change("none"));
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static StatusNotifier of(Environment environment) {
        return new StatusNotifier(collaborators(environment));
    }

    private static Collaborators collaborators(Environment environment) {
        NotifierSettings settings = NotifierSettings.logged(environment);
        FunctionHost host = FunctionHost.ofProcess();
        return new Collaborators(
                RequestTypes.load(),
                settings.openConnections(),
                settings.openLinks(),
                ConnectionGateway.client(settings.requiredGateway()),
                host,
                new UnreadableItems(host.metrics()),
                TimeAndRandomness.real());
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return host.handle(event, context, () -> push(event));
    }

    private StreamsEventResponse push(DynamodbEvent event) {
        List<Callable<List<String>>> topics =
                byTopic(event).entrySet().stream()
                        .map(topic -> pushing(topic.getKey(), topic.getValue()))
                        .toList();
        return response(ParallelTasks.all(topics).stream().flatMap(List::stream).distinct());
    }

    private Map<Topic, List<RequestRecord>> byTopic(DynamodbEvent event) {
        Instant now = clock.instant();
        var byTopic = new LinkedHashMap<Topic, List<RequestRecord>>();
        event.getRecords().stream()
                .flatMap(lambdaRecord -> RequestRecord.read(lambdaRecord, unreadable, now).stream())
                .forEach(
                        record ->
                                topics(record)
                                        .forEach(
                                                topic ->
                                                        byTopic.computeIfAbsent(
                                                                        topic,
                                                                        _ -> new ArrayList<>())
                                                                .add(record)));
        return byTopic;
    }

    private static List<Topic> topics(RequestRecord record) {
        Topic ofOwner = Topic.ofOwner(record.key().owner());
        return isShared(record)
                ? List.of(ofOwner, Topic.ofRequest(record.key()))
                : List.of(ofOwner);
    }

    private Callable<List<String>> pushing(Topic topic, List<RequestRecord> records) {
        return () -> push(topic, records);
    }

    /** Returns the sequence numbers of the records that must be redelivered. */
    private List<String> push(Topic topic, List<RequestRecord> records)
            throws InterruptedException {
        boolean isByLink = topic.requestId() != null;
        try {
            List<String> subscribers = subscribers(topic);
            boolean pushed =
                    subscribers.isEmpty()
                            || pusher.push(
                                    topic, subscribers, isByLink ? CHANGED : frames.of(records));
            if (!pushed) {
                LOG.warn(
                        "the gateway is unreachable; {} records will be redelivered",
                        records.size());
            }
            if (isByLink) {
                deleteLinks(records);
            }
            return pushed ? List.of() : sequenceNumbers(records);
        } catch (StoreException failed) {
            LOG.error(
                    "could not read the subscribers, or delete links; {} records will be"
                            + " redelivered",
                    records.size(),
                    failed);
            return sequenceNumbers(records);
        }
    }

    private List<String> subscribers(Topic topic) throws InterruptedException {
        queries.acquire();
        try {
            return connections.subscribers(topic);
        } finally {
            queries.release();
        }
    }

    /** Returns whether the request has a link, or had one until this change. */
    private static boolean isShared(RequestRecord record) {
        return record.after().map(Request::shared).orElse(false)
                || record.ended().map(RemovedRequest::shared).orElse(false);
    }

    /**
     * Deletes the links of requests that have ended. They are invalid already, because a link is
     * valid only together with its request.
     */
    private void deleteLinks(List<RequestRecord> records) {
        for (RequestRecord record : records) {
            record.ended()
                    .filter(RemovedRequest::shared)
                    .ifPresent(last -> deleteLinks(record.key(), last));
        }
    }

    private void deleteLinks(RequestKey key, RemovedRequest last) {
        links.of(key).stream()
                .filter(link -> Objects.equals(link.life(), last.life()))
                .forEach(link -> links.delete(link.id()));
    }

    private static List<String> sequenceNumbers(List<RequestRecord> records) {
        return records.stream().map(RequestRecord::sequenceNumber).toList();
    }

    private static StreamsEventResponse response(Stream<String> failed) {
        return new StreamsEventResponse(failed.map(BatchItemFailure::new).toList());
    }
}
