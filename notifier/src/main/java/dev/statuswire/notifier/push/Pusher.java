package dev.statuswire.notifier.push;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.metrics.Metrics.Timer;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.notifier.connections.Connections;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import dev.statuswire.notifier.push.Line.Fate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes an owner's frames to its connections, all of them at once. Each goes its own way: one that
 * is slow or broken delays no other.
 *
 * <p>A connection that cannot be pushed to is closed and forgotten, so that its page connects again
 * and reads the list, which costs less than what it has missed: after three tries where it is busy,
 * after {@value #PATIENCE_SECONDS} seconds of calls in one batch, and after the first call that it
 * did not answer in time, since every batch with something for it would wait as long.
 *
 * <p>Where even closing fails the connection is not forgotten: its page believes that it is
 * subscribed, and has missed something. The batch comes again then, unless the connection alone is
 * silent while others answer: such a one is only closed, by whatever comes next, and holds up
 * nobody's batch.
 *
 * <p>Thread-safe.
 */
public final class Pusher {

    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

    private static final int PATIENCE_SECONDS = 20;

    /**
     * Longer than a connection lives, so that one that nothing is pushed to any more is not
     * remembered for ever.
     */
    private static final Duration REMEMBERED = Duration.ofHours(2).plusMinutes(10);

    /** How many requests' frames are on their way to one connection at once, at most. */
    private static final int AT_ONCE = 4;

    private final Lines lines = new Lines();

    /** Silent, missed something, could not be closed; by when it was found to be so. */
    private final Map<String, Instant> toBeClosed = new ConcurrentHashMap<>();

    private final ConnectionGateway gateway;
    private final Connections connections;
    private final Calls calls;
    private final Metrics metrics;
    private final InstantSource clock;

    /** Pushes through {@code gateway}. */
    public Pusher(
            ConnectionGateway gateway,
            Connections connections,
            Calls calls,
            Metrics metrics,
            InstantSource clock) {
        this.gateway = gateway;
        this.connections = connections;
        this.calls = calls;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Returns once every frame is pushed or its connection is closed.
     *
     * @param frames a list for each request, whose order is kept
     * @return false where a connection is neither, so that the same is to be pushed again
     */
    public boolean push(String owner, List<String> connectionIds, List<List<Frame>> frames) {
        Instant oldest = clock.instant().minus(REMEMBERED);
        toBeClosed.values().removeIf(since -> since.isBefore(oldest));
        List<Way> ways = connectionIds.stream().map(id -> way(owner, id, frames)).toList();
        try {
            AtOnce.all(turns(ways, Math.min(AT_ONCE, frames.size())));
        } finally {
            ways.forEach(way -> lines.leave(way.connectionId(), way.line()));
        }
        return isEnough(ways);
    }

    /**
     * Every way has its first thread before any has a second: two of one connection that begin at
     * the same time wait for each other, and where calls are quick the first does all.
     */
    private static List<Callable<Object>> turns(List<Way> ways, int threads) {
        return IntStream.range(0, threads)
                .boxed()
                .flatMap(_ -> ways.stream())
                .map(way -> Executors.callable(way.lane()::run))
                .toList();
    }

    /** A connection's way through one batch. */
    private record Way(String connectionId, Line line, Lane lane, AtomicReference<Fate> fate) {}

    private Way way(String owner, String connectionId, List<List<Frame>> frames) {
        Line line = lines.enter(connectionId);
        Patience patience = newPatience();
        var fate = new AtomicReference<>(Fate.TOLD);
        var lane =
                new Lane(
                        frames,
                        patience::isLeft,
                        frame -> push(connectionId, line, frame, patience),
                        why -> fate.set(end(owner, connectionId, line, why)));
        return new Way(connectionId, line, lane, fate);
    }

    private boolean isEnough(List<Way> ways) {
        Set<Fate> fates = ways.stream().map(way -> way.fate().get()).collect(Collectors.toSet());
        boolean othersAnswer = fates.contains(Fate.TOLD) || fates.contains(Fate.ENDED);
        if (othersAnswer) {
            ways.stream()
                    .filter(way -> way.fate().get() == Fate.SILENT)
                    .forEach(way -> toBeClosed.putIfAbsent(way.connectionId(), clock.instant()));
        }
        return !fates.contains(Fate.OWED) && (othersAnswer || !fates.contains(Fate.SILENT));
    }

    private static Patience newPatience() {
        return new Patience(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private Answer push(String connectionId, Line line, Frame frame, Patience patience) {
        if (toBeClosed.containsKey(connectionId)) {
            return Answer.SILENT;
        }
        Answer answer =
                line.within(
                        () ->
                                calls.call(
                                        () -> gateway.post(connectionId, frame.payload()),
                                        patience));
        if (answer == Answer.DONE) {
            pushed(frame);
        }
        return answer;
    }

    private void pushed(Frame frame) {
        String kind = frame.kind().label();
        metrics.count(Counter.PUSHED, kind, 1);
        frame.changedAt().ifPresent(at -> metrics.time(Timer.CHANGE_TO_PUSH, kind, since(at)));
    }

    /** Clocks differ, so it may seem to lie ahead. */
    private Duration since(Instant change) {
        Duration since = Duration.between(change, clock.instant());
        return since.isNegative() ? Duration.ZERO : since;
    }

    private Fate end(String owner, String connectionId, Line line, Answer why) {
        Fate fate =
                line.end(
                        () ->
                                switch (why) {
                                    case DONE -> Fate.TOLD;
                                    case GONE -> forget(owner, connectionId, "gone");
                                    case BUSY -> close(owner, connectionId, "slow");
                                    case SILENT -> close(owner, connectionId, "silent");
                                    case REFUSED -> close(owner, connectionId, "refused");
                                });
        if (fate != Fate.ENDED) {
            lines.forget(connectionId, line);
        }
        return fate;
    }

    private Fate close(String owner, String connectionId, String reason) {
        Answer answer = calls.call(() -> gateway.close(connectionId), newPatience());
        return switch (answer) {
            case DONE, GONE -> {
                LOG.info("{} is {}: closed; its page reads the list again", connectionId, reason);
                yield forget(owner, connectionId, reason);
            }
            case BUSY -> notClosed(connectionId, reason, Fate.OWED);
            case SILENT -> notClosed(connectionId, reason, Fate.SILENT);
            case REFUSED -> notClosed(connectionId, reason, Fate.HOPELESS);
        };
    }

    private static Fate notClosed(String connectionId, String reason, Fate fate) {
        LOG.warn(
                "{} is {} and could not be closed; what comes next tries again",
                connectionId,
                reason);
        return fate;
    }

    private Fate forget(String owner, String connectionId, String reason) {
        toBeClosed.remove(connectionId);
        metrics.count(Counter.DROPPED, reason, 1);
        try {
            connections.unsubscribe(owner, connectionId);
        } catch (StoreException failed) {
            LOG.warn(
                    "{} stays in the table; the next push to it tries again", connectionId, failed);
        }
        return Fate.ENDED;
    }
}
