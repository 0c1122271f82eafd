package dev.statuswire.core.transition;

import static dev.statuswire.core.transition.Condition.Comparison.AT_LEAST;
import static dev.statuswire.core.transition.Condition.Comparison.BELOW;
import static dev.statuswire.core.transition.Condition.Comparison.IS;
import static dev.statuswire.core.transition.Condition.all;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.AttributeChange.Add;
import dev.statuswire.core.transition.AttributeChange.Put;
import dev.statuswire.core.transition.AttributeChange.PutElement;
import dev.statuswire.core.transition.AttributeChange.PutIfAbsent;
import dev.statuswire.core.transition.AttributeChange.Remove;
import dev.statuswire.core.transition.Transition.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of transitions. Every one is a conditional write that adds 1 to {@code version} and
 * sets {@code updatedAt}; nothing else ever changes a request.
 *
 * <p>For example, {@link #claim} sends this 30 s after the submission of a request that has one
 * step, with each value in place of its placeholder:
 *
 * <pre>{@code
 * ConditionExpression
 *   status IN ("ACCEPTED") AND life IN ("7f3a") AND version = 1
 *   AND (attribute_not_exists(cancelRequested) OR cancelRequested <> true)
 *   AND (attribute_not_exists(attempt) OR attempt < 10)
 * UpdateExpression
 *   SET status = "RUNNING",
 *   fence = if_not_exists(fence, 0) + 1,
 *   attempt = if_not_exists(attempt, 0) + 1,
 *   steps = [{name: "cook", startedAt: "2026-01-01T12:00:30.000Z", status: "RUNNING"}],
 *   createdAt = if_not_exists(createdAt, "2026-01-01T12:00:30.000Z"),
 *   dueShard = "189",
 *   dueAt = 1767268890000,
 *   version = if_not_exists(version, 0) + 1,
 *   updatedAt = "2026-01-01T12:00:30.000Z",
 *   workReceipt = "c81e"
 *   REMOVE progress, typeUnknownSince
 * }</pre>
 *
 * <p>The worker of a request holds its fence, which every write that takes a request from a worker
 * or gives it to one raises: claim, hand-back, sweep, end by a cancel, retry. So a worker that was
 * slow, paused or cut off writes nothing once another one has taken the request over.
 *
 * <p>A call that was given up may still arrive, seconds later. So each write requires the very
 * version that its writer has seen, and the life, since the id may be another request's by then.
 * The sweeper has seen only the time at which the request is due, which every later write moves.
 *
 * <p>Immutable and thread-safe; the time comes in as an argument and decides nothing but leases.
 */
public final class Transitions {

    /** No write has changed it since {@code seen}. */
    private static Condition isAsSeen(Request seen) {
        Condition life =
                seen.life() == null
                        ? new Condition.Absent(Item.LIFE)
                        : new Condition.OneOf(Item.LIFE, List.of(seen.life()));
        return all(life, new Condition.Compared(Item.VERSION, IS, seen.version()));
    }

    /** No worker holds it, its user has not asked to stop, and no write has changed it. */
    private static Condition isFree(Request seen) {
        return all(
                is(Status.ACCEPTED),
                isAsSeen(seen),
                new Condition.Flag(Item.CANCEL_REQUESTED, false),
                new Condition.Compared(Item.ATTEMPT, BELOW, Request.MAX_ATTEMPTS));
    }

    /**
     * No worker has claimed it, and no write has changed it, since the writer began its only step.
     */
    private static Condition isStillUnclaimed(Request begun) {
        return all(
                is(Status.ACCEPTED),
                isAsSeen(begun),
                new Condition.Compared(Item.FENCE, IS, begun.fence()));
    }

    /** The writer is the worker that holds it, and its last write is the newest. */
    private static Condition isHeld(Request held) {
        return all(
                is(Status.RUNNING),
                isAsSeen(held),
                new Condition.Compared(Item.FENCE, IS, held.fence()));
    }

    /** The same, and its user has not asked to stop. */
    private static Condition isHeldAndWanted(Request held) {
        return all(isHeld(held), new Condition.Flag(Item.CANCEL_REQUESTED, false));
    }

    /** It is unfinished, and no write has changed it since it was seen to be overdue. */
    private static Condition isStillDue(Request seen) {
        return all(is(Status.ACCEPTED, Status.RUNNING, Status.RETRYING), isAsSeen(seen));
    }

    private static Condition is(Status... any) {
        return new Condition.OneOf(Item.STATUS, Arrays.stream(any).map(Status::name).toList());
    }

    private final TransitionTiming timing;
    private final Supplier<String> unique;

    /**
     * Transitions with these leases and retention. Lives and receipts are random UUIDs of the JDK's
     * own randomness, which functions that started from one snapshot do not share.
     */
    public Transitions(TransitionTiming timing) {
        this(timing, () -> UUID.randomUUID().toString());
    }

    /**
     * Transitions with these leases and retention.
     *
     * @param unique gives lives and receipts, never the same twice
     */
    public Transitions(TransitionTiming timing, Supplier<String> unique) {
        this.timing = timing;
        this.unique = unique;
    }

    /** The leases and retention that go into what is written. */
    public TransitionTiming timing() {
        return timing;
    }

    /** The whole item of a request that is submitted at {@code now}; it may not exist yet. */
    public Map<String, AttributeValue> submit(RequestKey key, Submission submission, Instant now) {
        var item = new HashMap<>(Item.key(key));
        item.put(Item.LIFE, Item.text(unique.get()));
        item.put(Item.FORMAT, Item.number(Request.FORMAT));
        item.putAll(Item.submitted(submission));
        item.put(Item.STATUS, Item.text(Status.ACCEPTED.name()));
        item.put(Item.VERSION, Item.number(1));
        item.put(Item.FENCE, Item.number(0));
        item.put(Item.ATTEMPT, Item.number(0));
        item.put(Item.FAILURES, Item.number(0));
        item.put(Item.CREATED_AT, Item.time(now));
        item.put(Item.UPDATED_AT, Item.time(now));
        due(key, now.plus(timing.startGrace())).forEach(put -> put.applyTo(item));
        return Map.copyOf(item);
    }

    /**
     * ACCEPTED → RUNNING, with the first step that is not done marked as started.
     *
     * <p>It requires the version of {@code seen} besides the status, so that an old stream record
     * can never put back what was finished.
     *
     * <p>A request that has no life gets one, unless a release without lives has started it: its
     * effects are remembered without a life.
     *
     * @param stepNames the type's, at least one
     */
    public Transition claim(Request seen, List<String> stepNames, Instant now) {
        return claimWith(seen, StepState.begun(stepNames, seen.steps(), now), now);
    }

    /**
     * The same, by the worker that has already begun the only step, without a claim: whatever comes
     * of the step other than its success, or it takes longer than a moment.
     *
     * @param begun as {@link Request#begunUnclaimed} has it
     */
    public Transition claimBegun(Request begun, Instant now) {
        return claimWith(begun, begun.steps(), now);
    }

    private Transition claimWith(Request seen, List<StepState> steps, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(put(Status.RUNNING));
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Add(Item.ATTEMPT, 1));
        changes.add(new Put(Item.STEPS, Item.steps(steps)));
        changes.add(new PutIfAbsent(Item.CREATED_AT, Item.time(now)));
        changes.add(new Remove(Item.PROGRESS));
        changes.add(new Remove(Item.TYPE_UNKNOWN_SINCE));
        changes.addAll(life(seen));
        changes.addAll(lease(seen, now));
        return write("claim", isFree(seen), now, changes);
    }

    private List<AttributeChange> life(Request seen) {
        return seen.life() == null && seen.steps().isEmpty()
                ? List.of(new PutIfAbsent(Item.LIFE, Item.text(unique.get())))
                : List.of();
    }

    /**
     * ACCEPTED stays ACCEPTED: no worker here knows its type, but one of another release may. It is
     * due after the start grace, and remembers since when it waits for such a worker.
     */
    public Transition setAside(Request seen, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new PutIfAbsent(Item.TYPE_UNKNOWN_SINCE, Item.number(now.toEpochMilli())));
        changes.add(new PutIfAbsent(Item.CREATED_AT, Item.time(now)));
        changes.addAll(life(seen));
        changes.addAll(due(seen.key(), now.plus(timing.startGrace())));
        return write("set aside", all(is(Status.ACCEPTED), isAsSeen(seen)), now, changes);
    }

    /** ACCEPTED → FAILED: no worker can do it, so none claims it. */
    public Transition refuse(Request seen, RequestError error, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Put(Item.ERROR, Item.error(error)));
        changes.add(new PutIfAbsent(Item.CREATED_AT, Item.time(now)));
        changes.addAll(life(seen));
        changes.addAll(finish(Status.FAILED, now));
        return write("refuse", all(is(Status.ACCEPTED), isAsSeen(seen)), now, changes);
    }

    /** Commits {@code done}, the step at {@code index}, and marks the next one as begun. */
    public Transition commitStep(
            Request held, int index, StepState done, Progress progress, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new PutElement(Item.STEPS, index, Item.step(done)));
        changes.add(
                new PutElement(
                        Item.STEPS,
                        index + 1,
                        Item.step(held.steps().get(index + 1).started(now))));
        changes.add(new Put(Item.PROGRESS, Item.progress(progress)));
        changes.addAll(lease(held, now));
        return write("commit a step of", isHeldAndWanted(held), now, changes);
    }

    /** Still alive, with how far it is; null where it has said nothing new. */
    public Transition alive(Request held, @Nullable Progress progress, Instant now) {
        var changes = new ArrayList<>(lease(held, now));
        if (progress != null) {
            changes.add(new Put(Item.PROGRESS, Item.progress(progress)));
        }
        return write("extend the lease of", isHeldAndWanted(held), now, changes);
    }

    /** RUNNING → SUCCEEDED, with the last step committed in the same write. */
    public Transition succeed(Request held, StepState last, String result, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new PutElement(Item.STEPS, held.steps().size() - 1, Item.step(last)));
        changes.add(new Put(Item.RESULT, Item.text(result)));
        changes.add(new Remove(Item.PROGRESS));
        changes.add(new Remove(Item.ERROR));
        changes.addAll(finish(Status.SUCCEEDED, now));
        return write("finish", isHeldAndWanted(held), now, changes);
    }

    /**
     * ACCEPTED → SUCCEEDED, by the worker that ran the only step on the first delivery without a
     * claim. The item is then as a claim and {@link #succeed} would have left it, but for the
     * fence, which stays, and one version less.
     *
     * @param begun as {@link Request#begunUnclaimed} has it; it has a life
     */
    public Transition succeedUnclaimed(Request begun, StepState only, String result, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new Add(Item.ATTEMPT, 1));
        changes.add(new Put(Item.STEPS, Item.steps(List.of(only))));
        changes.add(new Put(Item.RESULT, Item.text(result)));
        changes.addAll(finish(Status.SUCCEEDED, now));
        return write("finish unclaimed", isStillUnclaimed(begun), now, changes);
    }

    /** RUNNING → FAILED; the step that is under way, where there is one, is marked with it. */
    public Transition fail(Request held, RequestError error, Instant now) {
        var changes = new ArrayList<>(failed(held, error, now));
        changes.addAll(finish(Status.FAILED, now));
        return write("fail", isHeldAndWanted(held), now, changes);
    }

    /** RUNNING → RETRYING, due again at {@code due}; the error is kept for show. */
    public Transition retryLater(
            Request held, int maxFailures, RequestError error, Instant due, Instant now) {
        var changes = new ArrayList<>(failed(held, error, now));
        changes.add(put(Status.RETRYING));
        changes.add(new Add(Item.FAILURES, 1));
        changes.addAll(due(held.key(), due));
        Condition another = new Condition.Compared(Item.FAILURES, BELOW, maxFailures - 1L);
        return write("retry later", all(isHeldAndWanted(held), another), now, changes);
    }

    private static List<AttributeChange> failed(Request held, RequestError error, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        int next = held.nextStep();
        if (next < held.steps().size()) {
            StepState failed = held.steps().get(next).failed(error, now);
            changes.add(new PutElement(Item.STEPS, next, Item.step(failed)));
        }
        changes.add(new Put(Item.ERROR, Item.error(error)));
        changes.add(new Remove(Item.PROGRESS));
        return changes;
    }

    /**
     * RUNNING → ACCEPTED by the worker that holds it: an orderly stop, or its time is nearly up.
     * The attempt does not count. A request that is to be cancelled is not handed back but
     * {@linkplain #stop stopped}.
     */
    public Transition handBack(Request held, Instant now) {
        var changes = new ArrayList<>(offerAgain(held.key(), now.plus(timing.startGrace())));
        changes.add(new Add(Item.ATTEMPT, -1));
        return write("hand back", isHeldAndWanted(held), now, changes);
    }

    /**
     * The same, but the attempt counts: a whole invocation went by and no step was finished in it.
     */
    public Transition handBackUnfinished(Request held, Instant now) {
        return write(
                "hand back unfinished",
                isHeldAndWanted(held),
                now,
                offerAgain(held.key(), now.plus(timing.startGrace())));
    }

    /**
     * Unfinished and overdue → ACCEPTED, which makes a new record for the processor. If no worker
     * took the offer before, this one may wait for longer.
     */
    public Transition sweep(Request seen, Instant now) {
        return write(
                "sweep",
                all(
                        isStillDue(seen),
                        new Condition.Flag(Item.CANCEL_REQUESTED, false),
                        new Condition.Compared(Item.ATTEMPT, BELOW, Request.MAX_ATTEMPTS)),
                now,
                offerAgain(
                        seen.key(),
                        now.plus(
                                seen.unclaimedFor()
                                        .map(timing::offerAfter)
                                        .orElse(timing.startGrace()))));
    }

    /** Unfinished, overdue and claimed too often → FAILED. */
    public Transition giveUp(Request seen, Instant now) {
        var error =
                new RequestError(
                        "attempts-exhausted",
                        "Gave up after "
                                + Request.MAX_ATTEMPTS
                                + " attempts; no worker finished the request.",
                        null,
                        true);
        var changes = new ArrayList<AttributeChange>();
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Put(Item.ERROR, Item.error(error)));
        changes.add(new Remove(Item.PROGRESS));
        changes.addAll(finish(Status.FAILED, now));
        return write(
                "give up",
                all(
                        isStillDue(seen),
                        new Condition.Compared(Item.ATTEMPT, AT_LEAST, Request.MAX_ATTEMPTS)),
                now,
                changes);
    }

    /** ACCEPTED or RETRYING → CANCELLED, by its user. */
    public Transition cancelIdle(Request seen, Instant now) {
        return write(
                "cancel",
                By.USER,
                all(is(Status.ACCEPTED, Status.RETRYING), isAsSeen(seen)),
                now,
                cancelled(now));
    }

    /** RUNNING: asks its worker to stop. Asking twice is refused, and needless. */
    public Transition cancelRunning(Request seen, Instant now) {
        return write(
                "cancel",
                By.USER,
                all(
                        is(Status.RUNNING),
                        isAsSeen(seen),
                        new Condition.Flag(Item.CANCEL_REQUESTED, false)),
                now,
                List.of(new Put(Item.CANCEL_REQUESTED, AttributeValue.fromBool(true))));
    }

    /** RUNNING → CANCELLED by the worker that holds it and has found that its user wants so. */
    public Transition stop(Request held, Instant now) {
        return write(
                "stop",
                all(isHeld(held), new Condition.Flag(Item.CANCEL_REQUESTED, true)),
                now,
                cancelled(now));
    }

    /** Overdue and to be cancelled → CANCELLED: its worker is dead. */
    public Transition cancelAbandoned(Request seen, Instant now) {
        return write(
                "stop",
                all(isStillDue(seen), new Condition.Flag(Item.CANCEL_REQUESTED, true)),
                now,
                cancelled(now));
    }

    private List<AttributeChange> cancelled(Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Remove(Item.PROGRESS));
        changes.addAll(finish(Status.CANCELLED, now));
        return changes;
    }

    /** FAILED or CANCELLED → ACCEPTED, by its user; finished steps stay finished. */
    public Transition retry(Request seen, Instant now) {
        var changes = new ArrayList<>(offerAgain(seen.key(), now.plus(timing.startGrace())));
        changes.add(new Put(Item.ATTEMPT, Item.number(0)));
        changes.add(new Put(Item.FAILURES, Item.number(0)));
        changes.add(new Remove(Item.ERROR));
        changes.add(new Remove(Item.CANCEL_REQUESTED));
        changes.add(new Remove(Item.EXPIRES_AT));
        changes.add(new Remove(Item.TYPE_UNKNOWN_SINCE));
        return write(
                "retry",
                By.USER,
                all(is(Status.FAILED, Status.CANCELLED), isAsSeen(seen)),
                now,
                changes);
    }

    private List<AttributeChange> offerAgain(RequestKey key, Instant due) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(put(Status.ACCEPTED));
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Remove(Item.PROGRESS));
        changes.addAll(due(key, due));
        return changes;
    }

    private List<AttributeChange> finish(Status status, Instant now) {
        long expiresAt = now.plus(timing.retention()).getEpochSecond();
        return List.of(
                put(status),
                new Remove(Item.DUE_SHARD),
                new Remove(Item.DUE_AT),
                new Put(Item.EXPIRES_AT, Item.number(expiresAt)));
    }

    private List<AttributeChange> lease(Request seen, Instant now) {
        Instant end = seen.dueAt();
        return end == null || timing.isToBeExtended(end, now)
                ? due(seen.key(), now.plus(timing.lease()))
                : List.of();
    }

    private static List<AttributeChange> due(RequestKey key, Instant at) {
        return List.of(
                new Put(Item.DUE_SHARD, Item.text(key.dueShard())),
                new Put(Item.DUE_AT, Item.number(at.toEpochMilli())));
    }

    private static Put put(Status status) {
        return new Put(Item.STATUS, Item.text(status.name()));
    }

    private Transition write(
            String name, Condition condition, Instant now, List<AttributeChange> changes) {
        return write(name, By.WORK, condition, now, changes);
    }

    private Transition write(
            String name, By by, Condition condition, Instant now, List<AttributeChange> changes) {
        var all = new ArrayList<AttributeChange>(changes);
        all.add(new Add(Item.VERSION, 1));
        all.add(new Put(Item.UPDATED_AT, Item.time(now)));
        return new Transition(name, by, condition, all, unique.get());
    }
}
