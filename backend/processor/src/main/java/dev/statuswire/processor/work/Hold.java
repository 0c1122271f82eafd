package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.time.Waiting;
import dev.statuswire.core.transition.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's hold on the request that it has claimed: every write of the worker goes through here.
 * One thread writes; any may look.
 *
 * <p>A write that the database did not answer may have been done. It is read back before anything
 * else happens, and repeated for as long as the lease lasts.
 */
final class Hold {

    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final RequestStore store;
    private final InstantSource clock;
    private final Waiting waiting;
    private volatile Request held;
    private Instant writtenAt;

    Hold(RequestStore store, InstantSource clock, Waiting waiting, Request claimed) {
        this.store = store;
        this.clock = clock;
        this.waiting = waiting;
        this.held = claimed;
        this.writtenAt = clock.instant();
    }

    /** What a write came to. */
    enum Grip {
        /** It was written. */
        HELD,
        /** It was not: the user wants the request stopped. */
        CANCEL_WANTED,
        /** It was not: somebody else has the request, or nobody can tell. */
        LOST
    }

    /** The request as this worker last wrote it. */
    Request request() {
        return held;
    }

    /** When this worker last wrote. */
    Instant writtenAt() {
        return writtenAt;
    }

    /** When the lease ends unless it is extended. */
    Instant leaseEnd() {
        return Optional.ofNullable(held.dueAt()).orElse(Instant.EPOCH);
    }

    /** Whether the request is still this worker's and wanted, read from the database. */
    Grip look() {
        return store.find(held.key()).map(this::gripOn).orElse(Grip.LOST);
    }

    /** Writes what {@code transition} makes of the request and the time. */
    Grip write(BiFunction<Request, Instant, Transition> transition) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        boolean unanswered = false;
        while (true) {
            try {
                Optional<Grip> before = unanswered ? readBack() : Optional.empty();
                return before.isPresent() ? before.get() : writeOnce(transition);
            } catch (StoreException failed) {
                unanswered = true;
                if (clock.instant().plus(pause).isAfter(leaseEnd())) {
                    LOG.warn("{}; the sweeper will offer it again", failed.getMessage(), failed);
                    return Grip.LOST;
                }
                LOG.warn("{}; will be read back in {}", failed.getMessage(), pause);
            }
            waiting.pause(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private Grip writeOnce(BiFunction<Request, Instant, Transition> transition) {
        Instant now = clock.instant();
        writtenAt = now;
        return switch (store.apply(held.key(), transition.apply(held, now))) {
            case Outcome.Done(Request after) -> keep(after);
            case Outcome.Refused(Optional<Request> found) ->
                    found.map(there -> isOurWrite(there) ? keep(there) : gripOn(there))
                            .orElse(Grip.LOST);
        };
    }

    /** What became of a write that was not answered; empty where it was not done. */
    private Optional<Grip> readBack() {
        Optional<Request> found = store.find(held.key());
        if (found.isEmpty() || isOurWrite(found.get())) {
            return found.map(this::keep).or(() -> Optional.of(Grip.LOST));
        }
        return Optional.of(gripOn(found.get())).filter(grip -> grip != Grip.HELD);
    }

    /**
     * Whether the one newer version is this worker's. While its fence stands, only it and a cancel
     * write to the request, and a cancel leaves its flag.
     */
    private boolean isOurWrite(Request found) {
        return found.fence() == held.fence()
                && found.version() > held.version()
                && !found.cancelRequested();
    }

    private Grip keep(Request after) {
        held = after;
        return Grip.HELD;
    }

    private Grip gripOn(Request found) {
        if (found.fence() != held.fence()) {
            return Grip.LOST;
        }
        return found.cancelRequested() ? Grip.CANCEL_WANTED : Grip.HELD;
    }
}
