package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItemException;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers what is due to the stream processor again, and ends what no worker will: requests with too
 * many attempts, and those to be cancelled whose worker is dead. Runs on a schedule; two that run
 * at once do no harm.
 *
 * <p>An entry of the index that cannot be swept (its item cannot be read, or is of a newer release)
 * keeps no other one waiting: it is left out for {@link #SKIPPED_FOR}, and others are asked for
 * beyond it.
 */
public final class Sweeper implements RequestHandler<ScheduledEvent, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int LIMIT_PER_SHARD = 100;
    private static final int MARGIN_MILLIS = 5_000;

    /** The entry is tried again then, since an operator may have corrected its item. */
    private static final Duration SKIPPED_FOR = Duration.ofMinutes(10);

    private static final int MAX_SKIPPED = 100_000;

    private final DueIndex index;
    private final RequestStore store;
    private final Transitions transitions;
    private final FunctionHost host;
    private final InstantSource clock;
    private final InstantSource steady;

    /** What could not be swept, and when, by the steady clock, it is tried again. */
    private final Map<DueRequest, Instant> skipped = new ConcurrentHashMap<>();

    /** As Lambda makes it: everything from the environment. */
    public Sweeper() {
        this(Environment.ofProcess());
    }

    /** As the no-argument constructor makes it, from these variables. */
    public Sweeper(Environment environment) {
        this(new Wiring(environment));
    }

    private Sweeper(Wiring wiring) {
        this(
                wiring.index(),
                wiring.store(),
                wiring.transitions(),
                wiring.host(),
                TimeAndChance.real());
        host.beforeSnapshot(wiring.priming());
        host.beforeSnapshot(wiring.indexPriming());
    }

    /** A sweeper of {@code store}. */
    public Sweeper(
            DueIndex index,
            RequestStore store,
            Transitions transitions,
            Metrics metrics,
            TimeAndChance timeAndChance) {
        this(index, store, transitions, FunctionHost.keeping(metrics), timeAndChance);
    }

    private Sweeper(
            DueIndex index,
            RequestStore store,
            Transitions transitions,
            FunctionHost host,
            TimeAndChance timeAndChance) {
        this.index = index;
        this.store = store;
        this.transitions = transitions;
        this.host = host;
        this.clock = timeAndChance.clock();
        this.steady = timeAndChance.steady();
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public Void handleRequest(ScheduledEvent event, Context context) {
        host.invoke(context, () -> sweepAll(context));
        return null;
    }

    private int sweepAll(Context context) {
        int all = 0;
        int limit = LIMIT_PER_SHARD;
        Sweep sweep;
        do {
            sweep = sweepOnce(limit);
            all += sweep.changed();
            limit = sweep.changed() > 0 ? LIMIT_PER_SHARD : beyond(sweep, limit);
        } while (limit > 0 && context.getRemainingTimeInMillis() > MARGIN_MILLIS);
        return all;
    }

    /**
     * What one look found.
     *
     * @param due all entries, those that are skipped included
     * @param changed how many requests were changed
     */
    record Sweep(int due, int changed) {}

    /** If all that was found cannot be swept, others may be behind it; 0 if there are none. */
    private static int beyond(Sweep sweep, int limit) {
        return sweep.due() >= limit ? Math.multiplyExact(limit, 4) : 0;
    }

    /** Looks once for what is due now. */
    Sweep sweepOnce(int limitPerShard) {
        Instant now = clock.instant();
        Instant steadyNow = steady.instant();
        skipped.values().removeIf(until -> !steadyNow.isBefore(until));
        List<DueRequest> due = index.dueAt(now, limitPerShard);
        long changed =
                due.stream().filter(it -> !skipped.containsKey(it)).filter(this::isChanged).count();
        return new Sweep(due.size(), (int) changed);
    }

    private boolean isChanged(DueRequest due) {
        try {
            return isSwept(due);
        } catch (UnreadableItemException logged) {
            skip(due);
            return false;
        } catch (StoreException failed) {
            LOG.warn("{}; {} is swept later", failed.getMessage(), due.key(), failed);
            timeOverdue(due, "failed");
            if (!failed.isRetryable()) {
                skip(due);
            }
            return false;
        }
    }

    private boolean isSwept(DueRequest due) {
        Optional<Request> found = store.find(due.key());
        if (found.isEmpty()) {
            skip(due);
            return false;
        }
        return due.dueAt().equals(found.get().dueAt()) && isSwept(due, found.get());
    }

    private boolean isSwept(DueRequest due, Request seen) {
        if (!seen.isUnderstood()) {
            LOG.info("{} was written by a newer release; it is left to that", due.key());
            skip(due);
            return false;
        }
        if (seen.status().finished()) {
            LOG.warn(
                    "{} is {}, but its item has a due time; skipping it", due.key(), seen.status());
            skip(due);
            return false;
        }
        Instant now = clock.instant();
        if (seen.cancelRequested()) {
            return isDone(due, transitions.stopForTheDead(seen, now), "stopped");
        }
        return seen.attempt() < Request.MAX_ATTEMPTS
                ? isDone(due, transitions.sweep(seen, now), "offered")
                : isDone(due, transitions.giveUp(seen, now), "given-up");
    }

    /** A refusal means that another writer was faster; the next look sees what it wrote. */
    private boolean isDone(DueRequest due, Transition transition, String what) {
        return store.apply(due.key(), transition) instanceof Outcome.Done(Request after)
                && counted(after, due, what);
    }

    private void skip(DueRequest due) {
        if (skipped.size() < MAX_SKIPPED) {
            skipped.put(due, steady.instant().plus(SKIPPED_FOR));
        }
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

    /** How overdue the request was; minutes are too long. */
    private void timeOverdue(DueRequest due, String what) {
        host.metrics()
                .time(Metrics.Timer.OVERDUE, what, Duration.between(due.dueAt(), clock.instant()));
    }
}
