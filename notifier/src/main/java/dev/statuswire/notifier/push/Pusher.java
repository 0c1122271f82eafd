package dev.statuswire.notifier.push;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.metrics.Metrics.Timer;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.notifier.connections.Connections;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes an owner's frames to its connections, all of them at once. Each goes its own way: one that
 * is slow or broken delays no other, and is never a reason to fail.
 *
 * <p>A connection that cannot be pushed to, after three tries or after {@value #PATIENCE_SECONDS}
 * seconds of calls in one batch, {@value #AT_ONCE} of which may run at once, is closed and
 * forgotten, so that its page connects again and reads the list, which costs less than what it has
 * missed. Where even closing fails it is not forgotten: its page believes that it is subscribed, so
 * the next change tries again.
 *
 * <p>Thread-safe.
 */
public final class Pusher {

    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

    private static final int PATIENCE_SECONDS = 20;

    /** How many requests' frames are on their way to one connection at once. */
    private static final int AT_ONCE = 4;

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
     */
    public void push(String owner, List<String> connectionIds, List<List<Frame>> frames) {
        int threads = Math.min(AT_ONCE, frames.size());
        AtOnce.all(
                connectionIds.stream()
                        .map(connectionId -> lane(owner, connectionId, frames))
                        .flatMap(lane -> Collections.nCopies(threads, lane).stream())
                        .map(lane -> Executors.callable(lane::run))
                        .toList());
    }

    private Lane lane(String owner, String connectionId, List<List<Frame>> frames) {
        Patience patience = newPatience();
        return new Lane(
                frames,
                patience::isLeft,
                frame -> push(connectionId, frame, patience),
                why -> end(owner, connectionId, why));
    }

    private static Patience newPatience() {
        return new Patience(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private Answer push(String connectionId, Frame frame, Patience patience) {
        Answer answer = calls.call(() -> gateway.post(connectionId, frame.payload()), patience);
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

    private void end(String owner, String connectionId, Answer why) {
        switch (why) {
            case DONE -> {}
            case GONE -> forget(owner, connectionId, "gone");
            case BUSY -> close(owner, connectionId, "slow");
            case REFUSED -> close(owner, connectionId, "refused");
        }
    }

    private void close(String owner, String connectionId, String reason) {
        Answer answer = calls.call(() -> gateway.close(connectionId), newPatience());
        switch (answer) {
            case DONE, GONE -> {
                LOG.info(
                        "{} is {}: closed; its page will read the list again",
                        connectionId,
                        reason);
                forget(owner, connectionId, reason);
            }
            case BUSY, REFUSED ->
                    LOG.warn(
                            "{} is {} and could not be closed; the next change tries again",
                            connectionId,
                            reason);
        }
    }

    private void forget(String owner, String connectionId, String reason) {
        metrics.count(Counter.DROPPED, reason, 1);
        try {
            connections.unsubscribe(owner, connectionId);
        } catch (StoreException failed) {
            LOG.warn(
                    "{} stays in the table; the next push to it tries again", connectionId, failed);
        }
    }
}
