package dev.statuswire.notifier.push;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import dev.statuswire.notifier.push.GatewayCalls.TimeBudget;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, shared by all batches that are pushed to it at the moment. The description of the
 * package has its states. Until it has answered, one call at a time waits for it, so that many
 * connections that hang use up few of the calls that all share. Thread-safe.
 */
final class LiveConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);

    /** How long calls to a connection may take within one batch; also those that close it. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How many calls may be under way at once to a connection that has answered. */
    static final int AT_ONCE = 4;

    private final String owner;
    private final String id;
    private final ConnectionGateway gateway;
    private final GatewayCalls calls;
    private final ConnectionStore connections;
    private final Metrics metrics;

    private final AtomicReference<State> state;
    private final Semaphore turns = new Semaphore(1, true);
    private final ReentrantLock ending = new ReentrantLock();

    /** Guarded by {@link #ending}. */
    private @Nullable End end;

    /** How many batches use it; for the map that shares it. */
    int batches;

    private enum State {
        UNPROVEN,
        ANSWERING,
        SILENT
    }

    /** What became of a connection that could not be pushed to. */
    enum End {
        /** It is closed or gone, and its row is deleted: its page connects again. */
        ENDED,
        /** It could not be closed now; a retry may. */
        OWED,
        /** It did not answer the close in time either. */
        UNCLOSED,
        /** The gateway refuses to close it. */
        HOPELESS
    }

    /**
     * @param isSilent whether it is one that an earlier batch left UNCLOSED
     */
    LiveConnection(
            String owner,
            String id,
            boolean isSilent,
            ConnectionGateway gateway,
            GatewayCalls calls,
            ConnectionStore connections,
            Metrics metrics) {
        this.owner = owner;
        this.id = id;
        this.state = new AtomicReference<>(isSilent ? State.SILENT : State.UNPROVEN);
        this.gateway = gateway;
        this.calls = calls;
        this.connections = connections;
        this.metrics = metrics;
    }

    String id() {
        return id;
    }

    /** Pushes a frame when it is its turn. If the connection is silent, makes no call. */
    Answer push(Frame frame, TimeBudget timeBudget) {
        turns.acquireUninterruptibly();
        try {
            Answer answer =
                    state.get() == State.SILENT
                            ? Answer.SILENT
                            : calls.call(() -> gateway.post(id, frame.payload()), timeBudget);
            if (answer == Answer.SILENT) {
                state.set(State.SILENT);
            } else if (state.compareAndSet(State.UNPROVEN, State.ANSWERING)) {
                turns.release(AT_ONCE - 1);
            }
            return answer;
        } finally {
            turns.release();
        }
    }

    /**
     * Ends the connection. If several batches want that, the first one does it and the others wait
     * for the result.
     *
     * @param why the answer to a push; not DONE
     */
    End end(Answer why) {
        ending.lock();
        try {
            End result = end == null ? ended(why) : end;
            end = result;
            return result;
        } finally {
            ending.unlock();
        }
    }

    private End ended(Answer why) {
        return switch (why) {
            case DONE -> throw new IllegalArgumentException("nothing is wrong with " + id);
            case GONE -> forget("gone");
            case BUSY -> close("slow");
            case SILENT -> close("silent");
            case REFUSED -> close("refused");
        };
    }

    private End close(String reason) {
        Answer answer = calls.call(() -> gateway.close(id), new TimeBudget(PATIENCE));
        return switch (answer) {
            case DONE, GONE -> {
                LOG.info("{} is {}: closed it; its page reads the list again", id, reason);
                yield forget(reason);
            }
            case BUSY -> notClosed(reason, End.OWED);
            case SILENT -> notClosed(reason, End.UNCLOSED);
            case REFUSED -> notClosed(reason, End.HOPELESS);
        };
    }

    private End notClosed(String reason, End result) {
        LOG.warn("{} is {} and could not be closed; the next batch tries again", id, reason);
        return result;
    }

    private End forget(String reason) {
        metrics.count(Counter.DROPPED, reason, 1);
        try {
            connections.unsubscribe(owner, id);
        } catch (StoreException failed) {
            LOG.warn("{} stays in the table; the next push to it tries again", id, failed);
        }
        return End.ENDED;
    }
}
