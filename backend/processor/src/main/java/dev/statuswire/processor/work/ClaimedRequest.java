package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's hold on the request that it has claimed: every write of the worker goes through here.
 * One thread writes; any may look.
 *
 * <p>A request whose only step was begun without a claim is claimed before anything else is written
 * than its success.
 *
 * <p>A write that the database did not answer may have been done, or may be done later. It is sent
 * again, known by the same receipt, until it is known what became of it or the lease is over. Its
 * version lets only one of the copies have an effect.
 */
final class ClaimedRequest {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedRequest.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /**
     * A step that still runs then was begun without a claim for too long: users see it as RUNNING,
     * and a cancel stops it.
     */
    private static final Duration UNCLAIMED = Duration.ofMillis(250);

    /** For how long writes of what is not claimed are sent again. */
    private static final Duration LONGEST_UNCLAIMED = Duration.ofSeconds(5);

    private final RequestStore store;
    private final TimeAndRandomness timeAndRandomness;
    private final Transitions transitions;
    private final TransitionTiming timing;
    private volatile Request held;
    private volatile @Nullable StoreException refusal;
    private Instant writtenAt;
    private Instant leasedAt;
    private boolean abandoned;

    /**
     * @param request claimed, or {@linkplain Request#begunUnclaimed begun without a claim}
     */
    ClaimedRequest(
            RequestStore store,
            TimeAndRandomness timeAndRandomness,
            Transitions transitions,
            Request request) {
        this.store = store;
        this.timeAndRandomness = timeAndRandomness;
        this.transitions = transitions;
        this.timing = transitions.timing();
        this.held = request;
        this.writtenAt = steady().instant();
        this.leasedAt = writtenAt.plus(leaseLeft()).minus(timing.lease());
    }

    /**
     * Of a claim that was just written: at most a third of its lease is gone. Of a request that is
     * not claimed: the sweeper offers it again once its start grace is over.
     */
    private Duration leaseLeft() {
        Duration left =
                held.dueAt() == null
                        ? Duration.ZERO
                        : Duration.between(timeAndRandomness.clock().instant(), held.dueAt());
        return left.isNegative() || left.compareTo(timing.lease()) > 0 ? timing.lease() : left;
    }

    /** What a write came to. */
    enum WriteResult {
        /** It was written. */
        HELD,
        /** It was not: the user wants the request stopped. */
        CANCEL_WANTED,
        /** It was not: another worker or the sweeper has the request, or it cannot be told. */
        LOST,
        /**
         * It was not, and never will be: {@link #refusal()} says why. The request is still held.
         */
        REFUSED
    }

    private InstantSource steady() {
        return timeAndRandomness.steady();
    }

    /** The request as this worker last wrote it. */
    Request request() {
        return held;
    }

    /** Why the database refused the last write for good. */
    StoreException refusal() {
        return Objects.requireNonNull(refusal, "no write was refused");
    }

    /** When this worker last wrote, by the steady clock. */
    Instant writtenAt() {
        return writtenAt;
    }

    /** Whether the request was claimed; if not, it was begun without a claim. */
    boolean isClaimed() {
        return isClaimed(held);
    }

    private static boolean isClaimed(Request held) {
        return held.status() == Status.RUNNING;
    }

    /** When a request that was begun without a claim is to be claimed, by the steady clock. */
    Instant claimAt() {
        return writtenAt.plus(UNCLAIMED);
    }

    /** When the lease is to be extended, by the steady clock: a third of it is gone. */
    Instant extendAt() {
        return leasedAt.plus(timing.lease().dividedBy(3));
    }

    /**
     * Without a claim there is no lease; a batch is not held up for longer than a call may take.
     */
    private Instant leaseEnd() {
        Instant end = leasedAt.plus(timing.lease());
        Instant unclaimedEnd = writtenAt.plus(LONGEST_UNCLAIMED);
        return isClaimed() || end.isBefore(unclaimedEnd) ? end : unclaimedEnd;
    }

    /** Whether the request is still this worker's and wanted, read from the database. */
    WriteResult look() {
        Request known = held;
        Optional<Request> found = store.find(known.key());
        return found.map(it -> isClaimed(known) ? gripOn(known, it) : gripUnclaimed(known, it))
                .orElse(WriteResult.LOST);
    }

    /**
     * It may be claimed by now, by this worker, which has not heard yet, or by another one, which
     * this worker is about to hear.
     */
    private static WriteResult gripUnclaimed(Request known, Request found) {
        if (found.status().finished() || !Objects.equals(found.life(), known.life())) {
            return WriteResult.LOST;
        }
        return found.cancelRequested() ? WriteResult.CANCEL_WANTED : WriteResult.HELD;
    }

    /** Claims the request that was begun without a claim. */
    WriteResult claim() throws InterruptedException {
        return writeAsItIs(transitions::claimBegun);
    }

    /**
     * Writes what {@code transition} makes of the request and the time; if the request was begun
     * without a claim, it is claimed before.
     */
    WriteResult write(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        WriteResult result = isClaimed() ? WriteResult.HELD : claim();
        return result == WriteResult.HELD ? writeAsItIs(transition) : result;
    }

    /** The same without a claim. */
    WriteResult writeAsItIs(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        if (abandoned) {
            WriteResult result = readBack();
            if (result != WriteResult.HELD) {
                return result;
            }
        }
        abandoned = true;
        WriteResult result = writeUntilKnown(transition);
        abandoned = false;
        return result;
    }

    /** An interrupt cut the last write short, so it may have been done. */
    private WriteResult readBack() {
        try {
            return store.find(held.key()).map(this::adopt).orElse(WriteResult.LOST);
        } catch (StoreException failed) {
            LOG.warn("{}; the sweeper will offer it again", failed.getMessage(), failed);
            return WriteResult.LOST;
        }
    }

    private WriteResult writeUntilKnown(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        String receipt = null;
        while (true) {
            Instant start = steady().instant();
            Transition next = transition.apply(held, timeAndRandomness.clock().instant());
            next = receipt == null ? next : next.knownBy(receipt);
            receipt = next.receipt();
            try {
                return result(store.apply(held.key(), next), start);
            } catch (StoreException failed) {
                if (!failed.isRetryable()) {
                    LOG.error("{}; trying again would not help", failed.getMessage(), failed);
                    refusal = failed;
                    return WriteResult.REFUSED;
                }
                if (steady().instant().plus(pause).isAfter(leaseEnd())) {
                    LOG.warn("{}; the sweeper will offer it again", failed.getMessage(), failed);
                    return WriteResult.LOST;
                }
                LOG.warn("{}; it is sent again in {}", failed.getMessage(), pause);
            }
            timeAndRandomness.waiting().pause(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /**
     * What a write came to. If it was refused although the request is this worker's, a write that
     * an interrupt cut short has arrived late; the sweeper sorts that out.
     *
     * @param start when the write was made up, by the steady clock
     */
    private WriteResult result(WriteOutcome outcome, Instant start) {
        return switch (outcome) {
            case WriteOutcome.Done(Request after) -> keep(after, start);
            case WriteOutcome.Refused(Optional<Request> found) -> {
                WriteResult result = found.map(this::adopt).orElse(WriteResult.LOST);
                yield result == WriteResult.HELD ? WriteResult.LOST : result;
            }
        };
    }

    /**
     * Goes on from what was found, if it is still this worker's: its user may have written to it.
     * What was begun without a claim is this worker's as long as nothing was written.
     */
    private WriteResult adopt(Request found) {
        if (!isClaimed()) {
            boolean isUnchanged =
                    found.version() == held.version() && Objects.equals(found.life(), held.life());
            return isUnchanged ? WriteResult.HELD : WriteResult.LOST;
        }
        WriteResult result = gripOn(held, found);
        if (result != WriteResult.LOST) {
            held = found;
        }
        return result;
    }

    private WriteResult keep(Request after, Instant start) {
        writtenAt = start;
        if (!Objects.equals(after.dueAt(), held.dueAt())) {
            leasedAt = start;
        }
        held = after;
        return WriteResult.HELD;
    }

    private static WriteResult gripOn(Request held, Request found) {
        boolean isOurs =
                found.status() == Status.RUNNING
                        && found.fence() == held.fence()
                        && Objects.equals(found.life(), held.life());
        if (!isOurs) {
            return WriteResult.LOST;
        }
        return found.cancelRequested() ? WriteResult.CANCEL_WANTED : WriteResult.HELD;
    }
}
