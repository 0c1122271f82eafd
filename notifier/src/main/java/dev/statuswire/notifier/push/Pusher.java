package dev.statuswire.notifier.push;

import dev.statuswire.core.function.ParallelTasks;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.metrics.Metrics.Timer;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.CallResult;
import dev.statuswire.notifier.push.LiveConnection.End;
import dev.statuswire.notifier.push.RetryingGateway.TimeBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Pushes a topic's frames to all of its connections concurrently. A connection that cannot be
 * pushed to is closed and its row deleted, so that its page reconnects and reads the list, which
 * costs less than pushing what it missed. Thread-safe.
 */
public final class Pusher {

    /**
     * Longer than a connection lives, so that connections that closed on their own are not
     * remembered forever.
     */
    private static final Duration REMEMBERED = Duration.ofHours(2).plusMinutes(10);

    /** The connections that batches use now, by id. */
    private final Map<String, LiveConnection> inUse = new ConcurrentHashMap<>();

    /** The connections that are {@link End#CLOSE_SILENT}, and since when. */
    private final Map<String, Instant> unclosed = new ConcurrentHashMap<>();

    private final ConnectionGateway gateway;
    private final RetryingGateway calls;
    private final ConnectionStore connections;
    private final Metrics metrics;
    private final InstantSource clock;

    /** Creates a pusher that reaches {@code connections} with {@code client}. */
    public Pusher(
            ApiGatewayManagementApiClient client,
            ConnectionStore connections,
            Metrics metrics,
            TimeAndRandomness timeAndRandomness) {
        this.gateway = new ConnectionGateway(client);
        this.calls = new RetryingGateway(timeAndRandomness);
        this.connections = connections;
        this.metrics = metrics;
        this.clock = timeAndRandomness.clock();
    }

    /**
     * Pushes frames. Returns when every connection has received all of them or is closed.
     *
     * @param frames a list for each request, whose order is kept
     * @return false if a connection has neither received them nor is closed, so that the same
     *     frames must be pushed again
     */
    public boolean push(Topic topic, List<String> connectionIds, List<List<Frame>> frames) {
        Instant oldest = clock.instant().minus(REMEMBERED);
        unclosed.values().removeIf(since -> since.isBefore(oldest));
        List<Delivery> deliveries =
                connectionIds.stream().map(id -> new Delivery(enter(topic, id), frames)).toList();
        try {
            ParallelTasks.all(threads(deliveries, Math.min(LiveConnection.AT_ONCE, frames.size())));
        } finally {
            deliveries.forEach(delivery -> leave(delivery.connection));
        }
        return isEnough(deliveries);
    }

    /**
     * Creates the first thread of every connection before the second of any: two threads of a
     * connection that start together wait for each other, and if calls are quick, the first one
     * does everything.
     */
    private static List<Callable<Object>> threads(List<Delivery> deliveries, int each) {
        return IntStream.range(0, each)
                .boxed()
                .flatMap(_ -> deliveries.stream())
                .map(delivery -> Executors.callable(delivery::run))
                .toList();
    }

    private LiveConnection enter(Topic topic, String id) {
        return inUse.compute(
                id,
                (_, known) -> {
                    LiveConnection connection = known == null ? connection(topic, id) : known;
                    connection.batches++;
                    return connection;
                });
    }

    private LiveConnection connection(Topic topic, String id) {
        return new LiveConnection(
                topic, id, unclosed.containsKey(id), gateway, calls, connections, metrics);
    }

    private void leave(LiveConnection connection) {
        inUse.computeIfPresent(
                connection.id(),
                (_, known) -> known == connection && --known.batches == 0 ? null : known);
    }

    /** Ends the connection. If that fails, later batches start over with it. */
    private End end(LiveConnection connection, CallResult why) {
        End end = connection.end(why);
        if (end == End.ENDED) {
            unclosed.remove(connection.id());
        } else {
            inUse.remove(connection.id(), connection);
        }
        return end;
    }

    /** A single silent connection causes no redelivery as long as others respond. */
    private boolean isEnough(List<Delivery> deliveries) {
        boolean othersAnswer =
                deliveries.stream().anyMatch(it -> it.end == null || it.end == End.ENDED);
        if (othersAnswer) {
            deliveries.stream()
                    .filter(it -> it.end == End.CLOSE_SILENT)
                    .forEach(it -> unclosed.putIfAbsent(it.connection.id(), clock.instant()));
        }
        return deliveries.stream()
                .noneMatch(
                        it ->
                                it.end == End.CLOSE_BUSY
                                        || (it.end == End.CLOSE_SILENT && !othersAnswer));
    }

    /**
     * The frames of one batch for one connection. Several threads run it: each takes the frames of
     * one request and pushes them in order. So requests can overtake each other, but the versions
     * of one request cannot. After the first frame that could not be pushed, no other frame is
     * pushed.
     */
    private final class Delivery {

        private final LiveConnection connection;
        private final Queue<List<Frame>> waiting;
        private final TimeBudget timeBudget = new TimeBudget(LiveConnection.PATIENCE);
        private final AtomicBoolean stopped = new AtomicBoolean();

        /** Null if everything was pushed so far. */
        private volatile @Nullable End end;

        Delivery(LiveConnection connection, List<List<Frame>> frames) {
            this.connection = connection;
            this.waiting = new ConcurrentLinkedQueue<>(frames);
        }

        void run() {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                if (!next.stream().allMatch(this::pushed)) {
                    return;
                }
            }
        }

        private boolean pushed(Frame frame) {
            if (stopped.get()) {
                return false;
            }
            CallResult result =
                    timeBudget.isLeft() ? connection.push(frame, timeBudget) : CallResult.BUSY;
            if (result == CallResult.DONE) {
                count(frame);
                return true;
            }
            if (stopped.compareAndSet(false, true)) {
                end = end(connection, result);
            }
            return false;
        }
    }

    private void count(Frame frame) {
        String kind = frame.kind().label();
        metrics.count(Counter.PUSHED, kind, 1);
        frame.changedAt().ifPresent(at -> metrics.time(Timer.CHANGE_TO_PUSH, kind, since(at)));
    }

    /**
     * Returns the time since the change, or zero if the clocks differ so that the change seems to
     * lie in the future.
     */
    private Duration since(Instant change) {
        Duration since = Duration.between(change, clock.instant());
        return since.isNegative() ? Duration.ZERO : since;
    }
}
