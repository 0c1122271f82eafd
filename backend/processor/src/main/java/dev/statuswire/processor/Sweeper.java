package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Reads the index of due requests: offers those that are due to the stream processor again or
 * finishes them, and sets timers for those that become due before the next invocation. Runs on a
 * schedule. Concurrent invocations are safe.
 *
 * <p>An index entry that cannot be swept, because its item cannot be read or was written by a newer
 * release, does not delay other entries: it is skipped for {@link #SKIPPED_FOR}, and the sweeper
 * reads further entries beyond it.
 *
 * <p>Before a snapshot it receives no event, because every event makes it change due requests.
 */
public final class Sweeper implements RequestHandler<ScheduledEvent, Void> {

    private static final int LIMIT_PER_SHARD = 100;
    private static final int MARGIN_MILLIS = 5_000;

    /** How late an invocation may start. */
    private static final Duration LATE = Duration.ofSeconds(5);

    /**
     * How long an entry is skipped. Then it is tried again, because an operator may have corrected
     * its item.
     */
    private static final Duration SKIPPED_FOR = Duration.ofMinutes(10);

    private static final int MAX_SKIPPED = 100_000;

    private final DueIndex index;
    private final DueRequestHandler offers;
    private final Timers timers;
    private final Duration lookAhead;
    private final FunctionHost host;
    private final InstantSource clock;
    private final InstantSource steady;

    /**
     * The entries that could not be swept, each with the time, by the steady clock, when it is
     * tried again.
     */
    private final Map<DueRequest, Instant> skipped = new ConcurrentHashMap<>();

    /**
     * The collaborators of the handler.
     *
     * @param every the time from one invocation to the next
     */
    public record Collaborators(
            DueIndex index,
            RequestStore store,
            Transitions transitions,
            Timers timers,
            Duration every,
            FunctionHost host,
            TimeAndRandomness timeAndRandomness) {}

    /** Creates the handler from the environment of the process, as Lambda does. */
    public Sweeper() {
        this(collaborators(Environment.ofProcess()));
    }

    /** Creates the handler with all its collaborators. */
    public Sweeper(Collaborators with) {
        this.index = with.index();
        this.offers =
                new DueRequestHandler(
                        with.store(),
                        with.transitions(),
                        with.host(),
                        with.timeAndRandomness().clock(),
                        "sweeper");
        this.timers = with.timers();
        this.lookAhead = with.every().plus(LATE);
        this.host = with.host();
        this.clock = with.timeAndRandomness().clock();
        this.steady = with.timeAndRandomness().steady();
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static Sweeper of(Environment environment) {
        return new Sweeper(collaborators(environment));
    }

    private static Collaborators collaborators(Environment environment) {
        var components = new ProcessorComponents(environment);
        return new Collaborators(
                components.index(),
                components.store(),
                components.transitions(),
                components.timers(),
                DeliverySettings.SWEEP_EVERY,
                components.host(),
                components.timeAndRandomness());
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public Void handleRequest(ScheduledEvent event, Context context) {
        host.handle(
                event,
                context,
                () -> sweepAll(() -> context.getRemainingTimeInMillis() > MARGIN_MILLIS));
        return null;
    }

    /**
     * Sweeps in rounds. The first round also sets timers for requests that become due later;
     * further rounds sweep the rest.
     */
    private int sweepAll(BooleanSupplier isTimeLeft) {
        int all = 0;
        int limit = LIMIT_PER_SHARD;
        Duration ahead = lookAhead;
        Sweep sweep;
        do {
            sweep = sweepOnce(limit, ahead, isTimeLeft);
            all += sweep.changed();
            limit = sweep.changed() > 0 ? LIMIT_PER_SHARD : beyond(sweep, limit);
            ahead = Duration.ZERO;
        } while (limit > 0 && isTimeLeft.getAsBoolean());
        return all;
    }

    /**
     * The result of one round.
     *
     * @param due the number of entries that are due, including skipped ones
     * @param changed the number of requests that were changed
     */
    private record Sweep(int due, int changed) {}

    /**
     * Returns a higher limit, because other entries may be behind those that cannot be swept; 0 if
     * there are none.
     */
    private static int beyond(Sweep sweep, int limit) {
        return sweep.due() >= limit ? Math.multiplyExact(limit, 4) : 0;
    }

    private Sweep sweepOnce(int limitPerShard, Duration ahead, BooleanSupplier isTimeLeft) {
        Instant now = clock.instant();
        Instant steadyNow = steady.instant();
        skipped.values().removeIf(until -> !steadyNow.isBefore(until));
        List<DueRequest> found = index.dueAt(now.plus(ahead), limitPerShard);
        List<DueRequest> due = found.stream().filter(one -> one.isDue(now)).toList();
        List<DueRequestHandler.HandledRequest> done =
                offers.all(notSkipped(due.stream()), isTimeLeft);
        done.stream()
                .filter(one -> one.result() == DueRequestHandler.Result.STUCK)
                .forEach(one -> skip(one.due()));
        // Comes last, so that the offers do not depend on another service.
        timers.set(notSkipped(found.stream().filter(one -> !one.isDue(now))));
        long changed =
                done.stream()
                        .filter(one -> one.result() == DueRequestHandler.Result.CHANGED)
                        .count();
        return new Sweep(due.size(), Math.toIntExact(changed));
    }

    private List<DueRequest> notSkipped(Stream<DueRequest> found) {
        return found.filter(one -> !skipped.containsKey(one)).toList();
    }

    private void skip(DueRequest due) {
        if (skipped.size() < MAX_SKIPPED) {
            skipped.put(due, steady.instant().plus(SKIPPED_FOR));
        }
    }
}
