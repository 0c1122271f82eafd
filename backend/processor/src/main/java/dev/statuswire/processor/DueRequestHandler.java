package dev.statuswire.processor;

import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.ParallelTasks;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItemException;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers due requests to the stream processor again, ends waits whose time is up, and finishes the
 * requests that no worker will finish: those with too many attempts, those whose user has cancelled
 * them and whose worker is dead, and those that are too late to start. Thread-safe.
 */
final class DueRequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DueRequestHandler.class);
    private static final int AT_ONCE = 32;

    private final RequestStore store;
    private final Transitions transitions;
    private final FunctionHost host;
    private final InstantSource clock;
    private final String by;

    /**
     * @param by the caller's name in metrics: {@code sweeper} or {@code timer}
     */
    DueRequestHandler(
            RequestStore store,
            Transitions transitions,
            FunctionHost host,
            InstantSource clock,
            String by) {
        this.store = store;
        this.transitions = transitions;
        this.host = host;
        this.clock = clock;
        this.by = by;
    }

    /** The result of handling a due request. */
    enum Result {
        /** The request was offered again or finished. */
        CHANGED,
        /** The request is no longer due, or could not be written now. */
        LEFT,
        /** The request cannot be offered until an operator or another release changes its item. */
        STUCK
    }

    /** A due request and the result of handling it. */
    record HandledRequest(DueRequest due, Result result) {}

    /**
     * Handles each of {@code due}, {@value #AT_ONCE} at a time. Blocks until all are handled.
     *
     * @param mayContinue whether to handle another request; if false, the rest is skipped
     */
    List<HandledRequest> all(List<DueRequest> due, BooleanSupplier mayContinue) {
        var next = new AtomicInteger();
        Callable<List<HandledRequest>> lane =
                () -> {
                    var done = new ArrayList<HandledRequest>();
                    int index;
                    while (mayContinue.getAsBoolean()
                            && (index = next.getAndIncrement()) < due.size()) {
                        done.add(new HandledRequest(due.get(index), offer(due.get(index))));
                    }
                    return done;
                };
        return ParallelTasks.all(Collections.nCopies(Math.min(AT_ONCE, due.size()), lane)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private Result offer(DueRequest due) {
        try {
            return found(due);
        } catch (UnreadableItemException logged) {
            return Result.STUCK;
        } catch (StoreException failed) {
            LOG.warn("{}; the sweeper will try {} again", failed.getMessage(), due.key(), failed);
            timeOverdue(due, "failed");
            return failed.isRetryable() ? Result.LEFT : Result.STUCK;
        }
    }

    private Result found(DueRequest due) {
        Optional<Request> found = store.find(due.key());
        if (found.isEmpty()) {
            return Result.STUCK;
        }
        return due.dueAt().equals(found.get().dueAt()) ? offer(due, found.get()) : Result.LEFT;
    }

    private Result offer(DueRequest due, Request seen) {
        if (!seen.isUnderstood()) {
            LOG.info("{} was written by a newer release; leaving it to that release", due.key());
            return Result.STUCK;
        }
        if (seen.status().finished()) {
            LOG.warn(
                    "{} is {}, but its item has a due time; skipping it", due.key(), seen.status());
            return Result.STUCK;
        }
        Instant now = clock.instant();
        if (seen.isTooLate(now)) {
            return write(due, seen, transitions.tooLate(seen, now), "too-late");
        }
        return switch (seen.status()) {
            case SCHEDULED -> write(due, seen, transitions.start(seen, now), "offered");
            case WAITING -> write(due, seen, transitions.timeIsUp(seen, now), "offered");
            case ACCEPTED, RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED, UNKNOWN ->
                    offerToAnother(due, seen, now);
        };
    }

    private Result offerToAnother(DueRequest due, Request seen, Instant now) {
        if (seen.cancelRequested()) {
            return write(due, seen, transitions.cancelAbandoned(seen, now), "stopped");
        }
        return seen.attempt() < seen.maxAttempts()
                ? write(due, seen, transitions.sweep(seen, now), "offered")
                : write(due, seen, transitions.giveUp(seen, now), "given-up");
    }

    /** If the write is refused, another writer was faster; the next sweep sees its result. */
    private Result write(DueRequest due, Request seen, Transition transition, String outcome) {
        if (!(store.apply(due.key(), transition) instanceof WriteOutcome.Done done)) {
            return Result.LEFT;
        }
        Request after = done.request();
        if (seen.waitsUntil().isPresent() && !after.status().finished()) {
            LOG.debug("{} was {} and is offered to the workers", due.key(), seen.status());
            host.metrics().count(Metrics.Counter.RETRY_OFFERED, by, 1);
            host.metrics().time(Metrics.Timer.RETRY_LATE, by, overdue(due));
        } else {
            countSwept(due, seen, after, outcome);
        }
        return Result.CHANGED;
    }

    private void countSwept(DueRequest due, Request seen, Request after, String outcome) {
        LOG.info("{} was overdue; outcome: {}", due.key(), outcome);
        timeOverdue(due, outcome);
        host.metrics().count(Metrics.Counter.SWEPT, outcome, 1);
        seen.unclaimedFor()
                .ifPresent(time -> host.metrics().time(Metrics.Timer.UNCLAIMED, outcome, time));
        if (after.status().finished()) {
            host.metrics().count(Metrics.Counter.FINISHED, after.status().name(), 1);
        }
    }

    /** Records how overdue the request was, which should be seconds, not minutes. */
    private void timeOverdue(DueRequest due, String outcome) {
        host.metrics().time(Metrics.Timer.OVERDUE, outcome, overdue(due));
    }

    private Duration overdue(DueRequest due) {
        return Duration.between(due.dueAt(), clock.instant());
    }
}
