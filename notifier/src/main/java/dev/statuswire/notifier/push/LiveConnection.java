package dev.statuswire.notifier.push;

import dev.statuswire.core.live.Topic;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.CallResult;
import dev.statuswire.notifier.push.RetryingGateway.TimeBudget;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, shared by all batches that are currently pushed to it. The package description
 * shows its states. Until the connection has responded, it receives one call at a time, so that
 * many hanging connections use up few of the calls that all connections share. Thread-safe.
 */
final class LiveConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);

    /**
     * How long calls to a connection may take within one batch. The same limit applies to the calls
     * that close it.
     */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How many concurrent calls a connection that has responded may receive. */
    static final int AT_ONCE = 4;

    private final Topic topic;
    private final String id;
    private final ConnectionGateway gateway;
    private final RetryingGateway calls;
    private final ConnectionStore connections;
    private final Metrics metrics;

    private final AtomicReference<PushState> state;
    private final Semaphore turns = new Semaphore(1, true);
    private final ReentrantLock ending = new ReentrantLock();

    /** Guarded by {@link #ending}. */
    private @Nullable End end;

    /** How many batches use the connection; maintained by the map that shares it. */
    int batches;

    private enum PushState {
        UNTESTED,
        RESPONSIVE,
        SILENT
    }

    /** What happened to a connection that could not be pushed to. */
    enum End {
        /** It is closed or gone, and its row is deleted; its page reconnects. */
        ENDED,
        /** The gateway was too busy to close it; a retry may help. */
        CLOSE_BUSY,
        /** The close got no response in time either. */
        CLOSE_SILENT,
        /** The gateway refuses to close it. */
        CLOSE_REFUSED
    }

    /**
     * @param isSilent whether an earlier batch left the connection CLOSE_SILENT
     */
    LiveConnection(
            Topic topic,
            String id,
            boolean isSilent,
            ConnectionGateway gateway,
            RetryingGateway calls,
            ConnectionStore connections,
            Metrics metrics) {
        this.topic = topic;
        this.id = id;
        this.state = new AtomicReference<>(isSilent ? PushState.SILENT : PushState.UNTESTED);
        this.gateway = gateway;
        this.calls = calls;
        this.connections = connections;
        this.metrics = metrics;
    }

    String id() {
        return id;
    }

    /** Pushes a frame when it is the frame's turn. If the connection is silent, makes no call. */
    CallResult push(Frame frame, TimeBudget timeBudget) {
        turns.acquireUninterruptibly();
        try {
            CallResult result =
                    state.get() == PushState.SILENT
                            ? CallResult.SILENT
                            : calls.call(() -> gateway.post(id, frame.payload()), timeBudget);
            if (result == CallResult.SILENT) {
                state.set(PushState.SILENT);
            } else if (state.compareAndSet(PushState.UNTESTED, PushState.RESPONSIVE)) {
                turns.release(AT_ONCE - 1);
            }
            return result;
        } finally {
            turns.release();
        }
    }

    /**
     * Ends the connection. If several batches end it, the first one does so and the others wait for
     * the result.
     *
     * @param why the result of a push; not DONE
     */
    End end(CallResult why) {
        ending.lock();
        try {
            End result = end == null ? ended(why) : end;
            end = result;
            return result;
        } finally {
            ending.unlock();
        }
    }

    private End ended(CallResult why) {
        return switch (why) {
            case DONE -> throw new IllegalArgumentException("the push to " + id + " succeeded");
            case GONE -> forget("gone");
            case BUSY -> close("slow");
            case SILENT -> close("silent");
            case REFUSED -> close("refused");
        };
    }

    private End close(String reason) {
        CallResult result = calls.call(() -> gateway.close(id), new TimeBudget(PATIENCE));
        return switch (result) {
            case DONE, GONE -> {
                LOG.info(
                        "closed connection {} ({}); its page will read the list again", id, reason);
                yield forget(reason);
            }
            case BUSY -> notClosed(reason, End.CLOSE_BUSY);
            case SILENT -> notClosed(reason, End.CLOSE_SILENT);
            case REFUSED -> notClosed(reason, End.CLOSE_REFUSED);
        };
    }

    private End notClosed(String reason, End result) {
        LOG.warn("could not close connection {} ({}); the next batch will try again", id, reason);
        return result;
    }

    private End forget(String reason) {
        metrics.count(Counter.DROPPED, reason, 1);
        try {
            connections.unsubscribe(topic, id);
        } catch (StoreException failed) {
            LOG.warn(
                    "could not delete the row of connection {}; the next push to it will try again",
                    id,
                    failed);
        }
        return End.ENDED;
    }
}
