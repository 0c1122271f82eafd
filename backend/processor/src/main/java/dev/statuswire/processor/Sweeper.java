package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts whatever is due back in front of the stream processor, and ends what nobody will: requests
 * that were begun too often, and those to be cancelled whose worker is dead. Runs on a schedule;
 * two that run at once do no harm.
 */
public final class Sweeper implements RequestHandler<ScheduledEvent, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int LIMIT_PER_SHARD = 100;
    private static final int MARGIN_MILLIS = 5_000;

    private final DueIndex index;
    private final RequestStore store;
    private final Transitions transitions;
    private final FunctionHost host;
    private final InstantSource clock;

    /** As Lambda makes it: everything from the environment. */
    public Sweeper() {
        this(Wiring.ofProcess());
    }

    private Sweeper(Wiring wiring) {
        this(wiring.index(), wiring.store(), wiring.transitions(), wiring.host(), wiring.clock());
        host.beforeSnapshot(wiring.priming());
        host.beforeSnapshot(wiring.indexPriming());
    }

    /** A sweeper of {@code store}. */
    public Sweeper(
            DueIndex index,
            RequestStore store,
            Transitions transitions,
            Metrics metrics,
            InstantSource clock) {
        this(index, store, transitions, FunctionHost.keeping(metrics), clock);
    }

    private Sweeper(
            DueIndex index,
            RequestStore store,
            Transitions transitions,
            FunctionHost host,
            InstantSource clock) {
        this.index = index;
        this.store = store;
        this.transitions = transitions;
        this.host = host;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public Void handleRequest(ScheduledEvent event, Context context) {
        host.invoke(context, () -> sweepAll(context));
        return null;
    }

    private int sweepAll(Context context) {
        int all = 0;
        int swept;
        do {
            swept = sweepOnce();
            all += swept;
        } while (swept > 0 && context.getRemainingTimeInMillis() > MARGIN_MILLIS);
        return all;
    }

    /** Looks once after what is due now; how many requests were changed. */
    int sweepOnce() {
        List<DueRequest> due = index.dueAt(clock.instant(), LIMIT_PER_SHARD);
        return (int) due.stream().filter(this::isChanged).count();
    }

    private boolean isChanged(DueRequest due) {
        try {
            return isSwept(due);
        } catch (StoreException failed) {
            LOG.warn("{}; {} is swept next time", failed.getMessage(), due.key(), failed);
            timeOverdue(due, "failed");
            return false;
        }
    }

    private boolean isSwept(DueRequest due) {
        Instant now = clock.instant();
        return switch (store.apply(due.key(), transitions.sweep(due.key(), due.dueAt(), now))) {
            case Outcome.Done(Request request) -> counted(request, due, "offered");
            case Outcome.Refused(Optional<Request> current) ->
                    current.filter(request -> isEnded(request, due, now)).isPresent();
        };
    }

    private boolean isEnded(Request current, DueRequest due, Instant now) {
        if (!due.dueAt().equals(current.dueAt())) {
            return false;
        }
        return current.cancelRequested()
                ? isDone(due, transitions.stopForTheDead(due.dueAt(), now), "stopped")
                : isDone(due, transitions.giveUp(due.dueAt(), now), "given-up");
    }

    private boolean isDone(DueRequest due, Transition transition, String what) {
        return store.apply(due.key(), transition) instanceof Outcome.Done(Request after)
                && counted(after, due, what);
    }

    private boolean counted(Request request, DueRequest due, String what) {
        LOG.info("{} was overdue and is {}", request.key(), what);
        timeOverdue(due, what);
        host.metrics().count(Metrics.Counter.SWEPT, what, 1);
        if (request.status().finished()) {
            host.metrics().count(Metrics.Counter.FINISHED, request.status().name(), 1);
        }
        return true;
    }

    /** How long nobody has looked after what somebody should have; minutes are too long. */
    private void timeOverdue(DueRequest due, String what) {
        host.metrics()
                .time(Metrics.Timer.OVERDUE, what, Duration.between(due.dueAt(), clock.instant()));
    }
}
