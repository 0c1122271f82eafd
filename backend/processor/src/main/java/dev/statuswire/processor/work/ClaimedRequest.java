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
 * A request that a worker has claimed. All writes of the worker go through this class. One thread
 * writes; any thread may call {@link #check}.
 *
 * <p>A request whose only step was started without a claim is claimed before any write except its
 * success.
 *
 * <p>If a write gets no response, the database may have executed it, or may still execute it later.
 * The write is sent again with the same receipt until its outcome is known or the lease is over.
 * Because of its version, only one of the copies can have an effect.
 */
final class ClaimedRequest {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedRequest.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /**
     * How long a step may run without a claim. If it is still running then, the request is claimed,
     * so that users see it as RUNNING and a cancel stops it.
     */
    private static final Duration UNCLAIMED = Duration.ofMillis(250);

    /** How long writes are sent again if the request is not claimed. */
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
     * @param request claimed, or {@linkplain Request#startedUnclaimed started without a claim}
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
     * Returns the time until the request is due. A claim that was just written has used at most a
     * third of its lease. If the request is not claimed, the sweeper offers it again after its
     * start grace.
     */
    private Duration leaseLeft() {
        Duration left =
                held.dueAt() == null
                        ? Duration.ZERO
                        : Duration.between(timeAndRandomness.clock().instant(), held.dueAt());
        return left.isNegative() || left.compareTo(timing.lease()) > 0 ? timing.lease() : left;
    }

    /** The result of a write. */
    enum WriteResult {
        /** The write was executed. */
        HELD,
        /** The write was not executed: the user has cancelled the request. */
        CANCEL_REQUESTED,
        /**
         * The write was not executed because another worker or the sweeper has the request, or its
         * outcome is unknown.
         */
        LOST,
        /**
         * The write was not executed and never will be; {@link #refusal()} has the reason. The
         * worker still holds the request.
         */
        REFUSED
    }

    private InstantSource steady() {
        return timeAndRandomness.steady();
    }

    /** Returns the request as this worker last wrote or read it. */
    Request request() {
        return held;
    }

    /** Returns why the database permanently refused the last write. */
    StoreException refusal() {
        return Objects.requireNonNull(refusal, "no write was refused");
    }

    /** Returns when this worker last wrote, by the steady clock. */
    Instant writtenAt() {
        return writtenAt;
    }

    /** Returns whether the request is claimed; if not, it was started without a claim. */
    boolean isClaimed() {
        return isClaimed(held);
    }

    private static boolean isClaimed(Request held) {
        return held.status() == Status.RUNNING;
    }

    /** Returns when to claim a request that was started without a claim, by the steady clock. */
    Instant claimAt() {
        return writtenAt.plus(UNCLAIMED);
    }

    /** Returns when to extend the lease, by the steady clock: once a third of it has passed. */
    Instant extendAt() {
        return leasedAt.plus(timing.lease().dividedBy(3));
    }

    /**
     * Returns when to stop sending a write again. Without a claim there is no lease; the limit then
     * keeps the batch from being delayed for longer than a call may take.
     */
    private Instant leaseEnd() {
        Instant end = leasedAt.plus(timing.lease());
        Instant unclaimedEnd = writtenAt.plus(LONGEST_UNCLAIMED);
        return isClaimed() || end.isBefore(unclaimedEnd) ? end : unclaimedEnd;
    }

    /**
     * Reads from the database whether this worker still holds the request and the user still wants
     * it.
     */
    WriteResult check() {
        Request known = held;
        Optional<Request> found = store.find(known.key());
        return found.map(
                        it ->
                                isClaimed(known)
                                        ? checkClaimed(known, it)
                                        : checkUnclaimed(known, it))
                .orElse(WriteResult.LOST);
    }

    /**
     * Meanwhile, the request may have been claimed: by this worker, which has not received the
     * response yet, or by another worker, which this worker's next write detects.
     */
    private static WriteResult checkUnclaimed(Request known, Request found) {
        if (found.status().finished() || !Objects.equals(found.life(), known.life())) {
            return WriteResult.LOST;
        }
        return found.cancelRequested() ? WriteResult.CANCEL_REQUESTED : WriteResult.HELD;
    }

    /** Claims the request that was started without a claim. */
    WriteResult claim() throws InterruptedException {
        return writeDirectly(transitions::claimStarted);
    }

    /**
     * Writes the transition that {@code transition} creates from the request and the current time.
     * If the request was started without a claim, claims it first.
     */
    WriteResult write(BiFunction<Request, Instant, Transition> transition)
            throws InterruptedException {
        WriteResult result = isClaimed() ? WriteResult.HELD : claim();
        return result == WriteResult.HELD ? writeDirectly(transition) : result;
    }

    /** Writes like {@link #write}, but does not claim the request first. */
    WriteResult writeDirectly(BiFunction<Request, Instant, Transition> transition)
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

    /**
     * Reads the request, because an interrupt aborted the last write, which may have been executed.
     */
    private WriteResult readBack() {
        try {
            return store.find(held.key()).map(this::adopt).orElse(WriteResult.LOST);
        } catch (StoreException failed) {
            LOG.warn("{}; the sweeper will offer the request again", failed.getMessage(), failed);
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
            next = receipt == null ? next : next.withReceipt(receipt);
            receipt = next.receipt();
            try {
                return result(store.apply(held.key(), next), start);
            } catch (StoreException failed) {
                if (!failed.isRetryable()) {
                    LOG.error(
                            "{}; a retry cannot succeed, so the request will fail",
                            failed.getMessage(),
                            failed);
                    refusal = failed;
                    return WriteResult.REFUSED;
                }
                if (steady().instant().plus(pause).isAfter(leaseEnd())) {
                    LOG.warn(
                            "{}; the sweeper will offer the request again",
                            failed.getMessage(),
                            failed);
                    return WriteResult.LOST;
                }
                LOG.warn("{}; will send it again in {}", failed.getMessage(), pause);
            }
            timeAndRandomness.waiting().pause(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /**
     * Returns the result of a write. If the write was refused although this worker holds the
     * request, an earlier write that an interrupt aborted has arrived late; the sweeper resolves
     * this.
     *
     * @param start when the write was created, by the steady clock
     */
    private WriteResult result(WriteOutcome outcome, Instant start) {
        if (outcome instanceof WriteOutcome.Done done) {
            return keep(done.request(), start);
        }
        var refused = (WriteOutcome.Refused) outcome;
        WriteResult result = refused.current().map(this::adopt).orElse(WriteResult.LOST);
        return result == WriteResult.HELD ? WriteResult.LOST : result;
    }

    /**
     * Continues with the found request if this worker still holds it, because its user may have
     * changed it. A request that was started without a claim is still this worker's if it is
     * unchanged.
     */
    private WriteResult adopt(Request found) {
        if (!isClaimed()) {
            boolean isUnchanged =
                    found.version() == held.version() && Objects.equals(found.life(), held.life());
            return isUnchanged ? WriteResult.HELD : WriteResult.LOST;
        }
        WriteResult result = checkClaimed(held, found);
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

    private static WriteResult checkClaimed(Request held, Request found) {
        boolean isOurs =
                found.status() == Status.RUNNING
                        && found.fence() == held.fence()
                        && Objects.equals(found.life(), held.life());
        if (!isOurs) {
            return WriteResult.LOST;
        }
        return found.cancelRequested() ? WriteResult.CANCEL_REQUESTED : WriteResult.HELD;
    }
}
