package dev.statuswire.core.transition;

import static dev.statuswire.core.transition.Condition.Comparison.AT_LEAST;
import static dev.statuswire.core.transition.Condition.Comparison.BELOW;
import static dev.statuswire.core.transition.Condition.Comparison.IS;
import static dev.statuswire.core.transition.Condition.all;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.transition.AttributeChange.Add;
import dev.statuswire.core.transition.AttributeChange.Append;
import dev.statuswire.core.transition.AttributeChange.Put;
import dev.statuswire.core.transition.AttributeChange.PutElement;
import dev.statuswire.core.transition.AttributeChange.PutIfAbsent;
import dev.statuswire.core.transition.AttributeChange.Remove;
import dev.statuswire.core.transition.Transition.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of transitions. Each transition is a conditional write that adds 1 to {@code version}
 * and sets {@code updatedAt}; only {@link #share} leaves both unchanged. Nothing else ever changes
 * a request.
 *
 * <p>For example, for a request with one step, {@link #claim} sends this write 30 s after the
 * submission (shown with the values in place of their placeholders):
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
 *   history = list_append(if_not_exists(history, []),
 *     ["2 2026-01-01T12:00:30.000Z started system"]),
 *   version = if_not_exists(version, 0) + 1,
 *   updatedAt = "2026-01-01T12:00:30.000Z",
 *   workReceipt = "c81e"
 *   REMOVE progress, typeUnknownSince
 * }</pre>
 *
 * <p>A worker knows the fence of the request that it has claimed. Every write that gives a request
 * to a worker or takes it away increases the fence: claim, hand-back, sweep, retry, the start and
 * the end of a wait, and the end by a cancel, a refusal or giving up. So a worker that was slow,
 * paused or cut off cannot write once another worker has taken the request over.
 *
 * <p>Each write that changes the status, or asks a worker to stop, also adds an entry to the
 * history of the request. So the history costs no write, and cannot disagree with the request.
 *
 * <p>A call that its sender has given up may still arrive seconds later. So each write requires the
 * version that its writer has read. It also requires the life, because the id may belong to another
 * request by then.
 *
 * <p>Immutable and thread-safe. The current time is passed as an argument, and affects only the
 * times that are written.
 */
public final class Transitions {

    /** No write has changed the request since {@code seen} was read. */
    private static Condition isAsSeen(Request seen) {
        return all(isSameLife(seen), new Condition.Compared(Item.VERSION, IS, seen.version()));
    }

    /** The request exists, and is not another one with the same id. */
    private static Condition isSameLife(Request seen) {
        return seen.life() == null
                ? all(
                        new Condition.Absent(Item.LIFE),
                        new Condition.Compared(Item.VERSION, AT_LEAST, 1))
                : new Condition.OneOf(Item.LIFE, List.of(seen.life()));
    }

    /**
     * No worker has claimed the request, the user has not cancelled it, and no write has changed
     * it.
     */
    private static Condition isFree(Request seen) {
        return all(
                is(Status.ACCEPTED),
                isAsSeen(seen),
                new Condition.Flag(Item.CANCEL_REQUESTED, false),
                new Condition.Compared(Item.ATTEMPT, BELOW, seen.maxAttempts()));
    }

    /**
     * No worker has claimed the request, and no write has changed it, since the writer started its
     * only step.
     */
    private static Condition isStillUnclaimed(Request started) {
        return all(
                is(Status.ACCEPTED),
                isAsSeen(started),
                new Condition.Compared(Item.FENCE, IS, started.fence()));
    }

    /** The writer is the worker that has claimed the request, and its last write is the newest. */
    private static Condition isHeld(Request held) {
        return all(
                is(Status.RUNNING),
                isAsSeen(held),
                new Condition.Compared(Item.FENCE, IS, held.fence()));
    }

    /** The same, and the user has not cancelled the request. */
    private static Condition isHeldAndWanted(Request held) {
        return all(isHeld(held), new Condition.Flag(Item.CANCEL_REQUESTED, false));
    }

    /** The request is unfinished, and no write has changed it since it was found overdue. */
    private static Condition isStillDue(Request seen) {
        return all(is(Status.ACCEPTED, Status.RUNNING, Status.RETRYING), isAsSeen(seen));
    }

    private static Condition is(Status... any) {
        return new Condition.OneOf(Item.STATUS, Arrays.stream(any).map(Status::name).toList());
    }

    /** The code of the error of a request whose steps could not be undone. */
    public static final String UNDO_FAILED = "undo-failed";

    private final TransitionTiming timing;
    private final Supplier<String> unique;

    /**
     * Creates transitions with the given leases and retention. Lives and receipts are random UUIDs
     * of the JDK. Its randomness is not shared by functions that were restored from the same
     * snapshot.
     */
    public Transitions(TransitionTiming timing) {
        this(timing, () -> UUID.randomUUID().toString());
    }

    /**
     * Creates transitions with the given leases and retention.
     *
     * @param unique supplies lives and receipts; never returns the same text twice
     */
    public Transitions(TransitionTiming timing, Supplier<String> unique) {
        this.timing = timing;
        this.unique = unique;
    }

    /** Returns the leases and retention of the transitions. */
    public TransitionTiming timing() {
        return timing;
    }

    /**
     * Returns the complete item of a request that is submitted at {@code now}: SCHEDULED until its
     * start time if that lies in the future, otherwise ACCEPTED. The store writes it only if no
     * such request exists.
     */
    public Map<String, AttributeValue> submit(RequestKey key, Submission submission, Instant now) {
        var item = new HashMap<>(Item.key(key));
        item.put(Item.LIFE, Item.text(unique.get()));
        item.put(Item.FORMAT, Item.number(Request.FORMAT));
        item.putAll(Item.submitted(submission));
        Optional<Instant> start = submission.options().startAfter(now);
        Status status = start.isPresent() ? Status.SCHEDULED : Status.ACCEPTED;
        item.put(Item.STATUS, Item.text(status.name()));
        item.put(Item.VERSION, Item.number(1));
        item.put(Item.FENCE, Item.number(0));
        item.put(Item.ATTEMPT, Item.number(0));
        item.put(Item.FAILURES, Item.number(0));
        item.put(Item.CREATED_AT, Item.time(now));
        item.put(Item.UPDATED_AT, Item.time(now));
        item.put(
                Item.HISTORY,
                Item.history(
                        List.of(
                                new HistoryEntry(
                                        1,
                                        now,
                                        HistoryEntry.SUBMITTED,
                                        HistoryEntry.OWNER,
                                        null))));
        Instant due = start.orElse(now.plus(timing.startGrace()));
        due(key, due).forEach(put -> put.applyTo(item));
        return Map.copyOf(item);
    }

    /**
     * ACCEPTED → RUNNING. Marks the first unfinished step as started, unless steps are undone.
     *
     * <p>The condition requires not only the status but also the version of {@code seen}, so that
     * an old stream record can never undo what has been finished since.
     *
     * <p>A request without a life gets one, unless a release without lives has started it, because
     * the side effects of such a request are remembered without a life.
     *
     * @param stepNames the names of the type's steps, at least one
     * @param undoable the names of those that can be undone
     */
    public Transition claim(
            Request seen, List<String> stepNames, Set<String> undoable, Instant now) {
        List<StepState> steps =
                seen.undoing() == null
                        ? StepState.started(stepNames, undoable, seen.steps(), now)
                        : seen.steps();
        return claimWith(seen, steps, now);
    }

    /**
     * ACCEPTED → RUNNING, by the worker that has already started the only step without a claim. The
     * worker claims the request unless the step succeeds within a moment.
     *
     * @param started as returned by {@link Request#startedUnclaimed}
     */
    public Transition claimStarted(Request started, Instant now) {
        return claimWith(started, started.steps(), now);
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
        changes.add(bySystem(seen, HistoryEntry.STARTED, now));
        return write("claim", isFree(seen), now, changes);
    }

    private List<AttributeChange> life(Request seen) {
        return seen.life() == null && seen.steps().isEmpty()
                ? List.of(new PutIfAbsent(Item.LIFE, Item.text(unique.get())))
                : List.of();
    }

    /**
     * ACCEPTED → ACCEPTED, because no worker here knows the type, but one of another release may.
     * Records since when the request has waited for such a worker. The request is due after the
     * start grace.
     */
    public Transition setAside(Request seen, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new PutIfAbsent(Item.TYPE_UNKNOWN_SINCE, Item.number(now.toEpochMilli())));
        changes.add(new PutIfAbsent(Item.CREATED_AT, Item.time(now)));
        changes.addAll(life(seen));
        changes.addAll(due(seen.key(), now.plus(timing.startGrace())));
        return write("set aside", all(is(Status.ACCEPTED), isAsSeen(seen)), now, changes);
    }

    /** SCHEDULED → ACCEPTED, because the time to start the request has come. */
    public Transition start(Request seen, Instant now) {
        var changes = new ArrayList<>(offerAgain(seen.key(), now.plus(timing.startGrace())));
        changes.add(bySystem(seen, HistoryEntry.DUE, now));
        return write("start", all(is(Status.SCHEDULED), isAsSeen(seen)), now, changes);
    }

    /**
     * SCHEDULED or ACCEPTED → FAILED, because no worker has started the request in the time that
     * its user has set.
     */
    public Transition tooLate(Request seen, Instant now) {
        var error =
                new RequestError(
                        "too-late",
                        "The request could not start by "
                                + Item.format(Objects.requireNonNull(seen.options().notAfter()))
                                + ". Submit a new one.",
                        null,
                        false);
        return write(
                "refuse as too late",
                all(
                        is(Status.SCHEDULED, Status.ACCEPTED),
                        isAsSeen(seen),
                        new Condition.Absent(Item.STEPS)),
                now,
                refused(seen, error, now));
    }

    /** ACCEPTED → FAILED without a claim, because no worker can process the request. */
    public Transition refuse(Request seen, RequestError error, Instant now) {
        return write(
                "refuse", all(is(Status.ACCEPTED), isAsSeen(seen)), now, refused(seen, error, now));
    }

    private List<AttributeChange> refused(Request seen, RequestError error, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Put(Item.ERROR, Item.error(error)));
        changes.add(new PutIfAbsent(Item.CREATED_AT, Item.time(now)));
        changes.addAll(life(seen));
        changes.addAll(finish(Status.FAILED, now));
        changes.add(failure(seen, HistoryEntry.FAILED, error, now));
        return changes;
    }

    /**
     * Commits {@code done}, the step at {@code index}, and marks the next unfinished step, of which
     * there must be one, as started. The next step has no failures yet, and this is its first
     * attempt.
     */
    public Transition commitStep(
            Request held, int index, StepState done, Progress progress, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new PutElement(Item.STEPS, index, Item.step(done)));
        int next = held.nextStepAfter(index);
        changes.add(
                new PutElement(Item.STEPS, next, Item.step(held.steps().get(next).started(now))));
        changes.addAll(countsOfNextStep(held));
        changes.add(new Put(Item.PROGRESS, Item.progress(progress)));
        changes.addAll(lease(held, now));
        return write("commit a step of", isHeldAndWanted(held), now, changes);
    }

    private static List<AttributeChange> countsOfNextStep(Request held) {
        return held.failures() > 0 || held.attempt() > 1
                ? List.of(
                        new Put(Item.FAILURES, Item.number(0)),
                        new Put(Item.ATTEMPT, Item.number(1)))
                : List.of();
    }

    /**
     * RUNNING → WAITING, by the worker that has claimed the request and reached a step that waits.
     * No worker has the request until the wait ends.
     *
     * @param wait what to wait for; its step is the next one
     * @param until when the wait ends at the latest
     */
    public Transition waitFor(Request held, Wait wait, Instant until, Instant now) {
        int next = held.nextStep();
        StepState waiting = held.steps().get(next).waiting(now);
        var changes = new ArrayList<AttributeChange>();
        changes.add(put(Status.WAITING));
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new PutElement(Item.STEPS, next, Item.step(waiting)));
        changes.add(new Put(Item.WAIT, Item.wait(wait)));
        changes.add(new Remove(Item.ERROR));
        changes.addAll(due(held.key(), until));
        changes.add(bySystem(held, HistoryEntry.WAITING, now));
        return write("pause", isHeldAndWanted(held), now, changes);
    }

    /**
     * WAITING → ACCEPTED, by an answer, which becomes the output of the step. The condition allows
     * one answer per wait.
     *
     * @param seen waits for an answer
     * @param answer JSON text
     * @param by who answers: {@value HistoryEntry#OWNER} or {@value HistoryEntry#LINK}
     */
    public Transition answer(Request seen, String answer, String by, Instant now) {
        var changes = new ArrayList<>(waited(seen, answer, now));
        changes.add(history(seen, HistoryEntry.ANSWERED, by, null, now));
        return write("answer", Writer.USER, all(is(Status.WAITING), isAsSeen(seen)), now, changes);
    }

    /**
     * WAITING → ACCEPTED because the time of the wait is up, or WAITING → FAILED if only an answer
     * could have ended it. The output of the step is the default answer, or null if the wait was
     * not for an answer.
     */
    public Transition timeIsUp(Request seen, Instant now) {
        Wait wait = Objects.requireNonNull(seen.waitingFor());
        Condition condition = all(is(Status.WAITING), isAsSeen(seen));
        if (wait.isForAnswer() && wait.defaultAnswer() == null) {
            var error =
                    new RequestError(
                            "no-answer",
                            "No answer arrived in time. Retry to ask again.",
                            wait.step(),
                            true);
            return write("fail unanswered", condition, now, failedIdle(seen, error, now));
        }
        String output = Objects.requireNonNullElse(wait.defaultAnswer(), "null");
        var changes = new ArrayList<>(waited(seen, output, now));
        changes.add(bySystem(seen, HistoryEntry.TIME_IS_UP, now));
        return write("end the wait of", condition, now, changes);
    }

    private List<AttributeChange> waited(Request seen, String output, Instant now) {
        int next = seen.nextStep();
        StepState done = seen.steps().get(next).succeeded(output, now);
        var changes = new ArrayList<>(offerAgain(seen.key(), now.plus(timing.startGrace())));
        changes.add(new PutElement(Item.STEPS, next, Item.step(done)));
        changes.add(new Remove(Item.WAIT));
        changes.add(new Put(Item.ATTEMPT, Item.number(0)));
        changes.add(new Put(Item.FAILURES, Item.number(0)));
        return changes;
    }

    /** Fails a request that no worker has, or first undoes its steps. */
    private List<AttributeChange> failedIdle(Request seen, RequestError error, Instant now) {
        if (seen.undoing() == null && seen.hasStepToUndo()) {
            var undoing = new Undoing(Status.FAILED, error);
            return turnedBackIdle(seen, undoing, HistoryEntry.SYSTEM, now);
        }
        var changes = new ArrayList<>(failed(seen, error, false, now));
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Remove(Item.WAIT));
        changes.addAll(finish(Status.FAILED, now));
        changes.add(failure(seen, HistoryEntry.FAILED, error, now));
        return changes;
    }

    /**
     * Records that the worker is alive: extends the lease if a third of it has passed.
     *
     * @param progress the new progress; null if it has not changed
     */
    public Transition alive(Request held, @Nullable Progress progress, Instant now) {
        var changes = new ArrayList<>(lease(held, now));
        if (progress != null) {
            changes.add(new Put(Item.PROGRESS, Item.progress(progress)));
        }
        return write("extend the lease of", isHeldAndWanted(held), now, changes);
    }

    /**
     * RUNNING → SUCCEEDED. Commits {@code last}, the step at {@code index}, in the same write.
     *
     * @param result the output of the type's last step
     */
    public Transition succeed(Request held, int index, StepState last, String result, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new PutElement(Item.STEPS, index, Item.step(last)));
        changes.add(new Put(Item.RESULT, Item.text(result)));
        changes.add(new Remove(Item.PROGRESS));
        changes.add(new Remove(Item.ERROR));
        changes.addAll(finish(Status.SUCCEEDED, now));
        changes.add(bySystem(held, HistoryEntry.SUCCEEDED, now));
        return write("finish", isHeldAndWanted(held), now, changes);
    }

    /**
     * ACCEPTED → SUCCEEDED, by the worker that ran the only step without a claim on its first
     * delivery. The resulting item is the same as after a claim and {@link #succeed}, except that
     * the fence stays and the version is one less.
     *
     * @param started as returned by {@link Request#startedUnclaimed}; it must have a life
     */
    public Transition succeedUnclaimed(
            Request started, StepState only, String result, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(new Add(Item.ATTEMPT, 1));
        changes.add(new Put(Item.STEPS, Item.steps(List.of(only))));
        changes.add(new Put(Item.RESULT, Item.text(result)));
        changes.addAll(finish(Status.SUCCEEDED, now));
        changes.add(bySystem(started, HistoryEntry.SUCCEEDED, now));
        return write("finish unclaimed", isStillUnclaimed(started), now, changes);
    }

    /**
     * RUNNING → RUNNING, instead of FAILED or CANCELLED: from now on, the steps are undone. A
     * cancelled request has no more wish to cancel it.
     *
     * @param mayHaveEffect whether the step that failed may have had its effect, so that it is
     *     undone as well
     */
    public Transition turnBack(Request held, Undoing undoing, boolean mayHaveEffect, Instant now) {
        var changes =
                new ArrayList<>(turnedBack(held, undoing, mayHaveEffect, HistoryEntry.SYSTEM, now));
        changes.add(new Put(Item.ATTEMPT, Item.number(1)));
        changes.addAll(lease(held, now));
        boolean isCancelled = undoing.outcome() == Status.CANCELLED;
        return write(
                "turn back",
                all(isHeld(held), new Condition.Flag(Item.CANCEL_REQUESTED, isCancelled)),
                now,
                changes);
    }

    private static List<AttributeChange> turnedBack(
            Request seen, Undoing undoing, boolean mayHaveEffect, String by, Instant now) {
        RequestError error = undoing.error();
        var changes = new ArrayList<AttributeChange>();
        if (error == null) {
            changes.add(new Remove(Item.ERROR));
            changes.add(new Remove(Item.PROGRESS));
        } else {
            changes.addAll(failed(seen, error, mayHaveEffect, now));
        }
        changes.add(new Put(Item.UNDOING, Item.undoing(undoing)));
        changes.add(new Put(Item.FAILURES, Item.number(0)));
        changes.add(new Remove(Item.CANCEL_REQUESTED));
        changes.add(new Remove(Item.WAIT));
        String code = error == null ? null : error.code();
        changes.add(history(seen, HistoryEntry.UNDOING, by, code, now));
        return changes;
    }

    /** The same for a request that no worker has claimed: it is offered to the workers. */
    private List<AttributeChange> turnedBackIdle(
            Request seen, Undoing undoing, String by, Instant now) {
        var changes = new ArrayList<>(offerAgain(seen.key(), now.plus(timing.startGrace())));
        changes.addAll(turnedBack(seen, undoing, true, by, now));
        changes.add(new Put(Item.ATTEMPT, Item.number(0)));
        return changes;
    }

    /** Marks the step at {@code index} as undone; the next one has no failures yet. */
    public Transition undoStep(Request held, int index, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(
                new PutElement(Item.STEPS, index, Item.step(held.steps().get(index).undone(now))));
        changes.addAll(countsOfNextStep(held));
        changes.addAll(lease(held, now));
        return write("undo a step of", isHeldAndWanted(held), now, changes);
    }

    /** RUNNING → FAILED or CANCELLED, because no step is left to undo. */
    public Transition endUndone(Request held, Instant now) {
        Undoing undoing = Objects.requireNonNull(held.undoing());
        RequestError error = undoing.error();
        Status outcome = undoing.outcome();
        var changes = new ArrayList<AttributeChange>();
        changes.add(
                error == null ? new Remove(Item.ERROR) : new Put(Item.ERROR, Item.error(error)));
        changes.add(new Remove(Item.UNDOING));
        changes.add(new Remove(Item.PROGRESS));
        changes.addAll(finish(outcome, now));
        changes.add(
                outcome == Status.CANCELLED || error == null
                        ? bySystem(held, HistoryEntry.CANCELLED, now)
                        : failure(held, HistoryEntry.FAILED, error, now));
        return write("end the undo of", isHeldAndWanted(held), now, changes);
    }

    /**
     * RUNNING → FAILED. Marks the running step, if there is one, as failed. If the undo of a step
     * failed, a retry goes on with undoing.
     */
    public Transition fail(Request held, RequestError error, Instant now) {
        var changes = new ArrayList<>(failed(held, error, false, now));
        changes.addAll(finish(Status.FAILED, now));
        changes.add(failure(held, HistoryEntry.FAILED, error, now));
        return write("fail", isHeldAndWanted(held), now, changes);
    }

    /**
     * RUNNING → RETRYING, due again at {@code due}. The error is kept so that users can see it.
     *
     * @param maxRetries how often the step may be retried, more than it has failed yet
     */
    public Transition retryLater(
            Request held, int maxRetries, RequestError error, Instant due, Instant now) {
        var changes = new ArrayList<>(failed(held, error, true, now));
        changes.add(put(Status.RETRYING));
        changes.add(new Add(Item.FAILURES, 1));
        changes.add(failure(held, HistoryEntry.RETRYING, error, now));
        changes.addAll(due(held.key(), due));
        Condition another = new Condition.Compared(Item.FAILURES, BELOW, maxRetries);
        return write("retry later", all(isHeldAndWanted(held), another), now, changes);
    }

    private static List<AttributeChange> failed(
            Request held, RequestError error, boolean mayHaveEffect, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        int next = held.nextStep();
        int undo = held.nextToUndo();
        if (held.undoing() != null && undo >= 0) {
            StepState failed = held.steps().get(undo).undoFailed(error);
            changes.add(new PutElement(Item.STEPS, undo, Item.step(failed)));
        } else if (held.undoing() == null && next < held.steps().size()) {
            StepState step = held.steps().get(next);
            StepState failed = step.undoable(step.undoable() && mayHaveEffect).failed(error, now);
            changes.add(new PutElement(Item.STEPS, next, Item.step(failed)));
        }
        changes.add(new Put(Item.ERROR, Item.error(error)));
        changes.add(new Remove(Item.PROGRESS));
        return changes;
    }

    /**
     * RUNNING → ACCEPTED, by the worker that has claimed the request, because the process is
     * shutting down or the worker's time is nearly over. The attempt does not count. If the user
     * has cancelled the request, it is not handed back but {@linkplain #stop stopped}.
     */
    public Transition handBack(Request held, Instant now) {
        var changes = new ArrayList<>(handedBack(held, now));
        changes.add(new Add(Item.ATTEMPT, -1));
        return write("hand back", isHeldAndWanted(held), now, changes);
    }

    /** The same, but the attempt counts, because a whole invocation finished no step. */
    public Transition handBackUnfinished(Request held, Instant now) {
        return write("hand back unfinished", isHeldAndWanted(held), now, handedBack(held, now));
    }

    private List<AttributeChange> handedBack(Request held, Instant now) {
        var changes = new ArrayList<>(offerAgain(held.key(), now.plus(timing.startGrace())));
        changes.add(bySystem(held, HistoryEntry.HANDED_BACK, now));
        return changes;
    }

    /**
     * Unfinished and overdue → ACCEPTED. The write creates a new stream record for the processor.
     * If no worker took the previous offer, this one may wait longer.
     */
    public Transition sweep(Request seen, Instant now) {
        Instant due =
                now.plus(seen.unclaimedFor().map(timing::offerAfter).orElse(timing.startGrace()));
        var changes = new ArrayList<>(offerAgain(seen.key(), due));
        if (seen.status() != Status.ACCEPTED) {
            boolean lost = seen.status() == Status.RUNNING;
            changes.add(
                    bySystem(seen, lost ? HistoryEntry.WORKER_LOST : HistoryEntry.OFFERED, now));
        }
        return write(
                "sweep",
                all(
                        isStillDue(seen),
                        new Condition.Flag(Item.CANCEL_REQUESTED, false),
                        new Condition.Compared(Item.ATTEMPT, BELOW, seen.maxAttempts())),
                now,
                changes);
    }

    /**
     * Unfinished, overdue and claimed too often → FAILED, or → ACCEPTED to undo the finished steps
     * first.
     */
    public Transition giveUp(Request seen, Instant now) {
        var error =
                new RequestError(
                        seen.undoing() == null ? "attempts-exhausted" : UNDO_FAILED,
                        "Gave up after "
                                + seen.maxAttempts()
                                + " attempts; no worker finished the step.",
                        null,
                        true);
        return write(
                "give up",
                all(
                        isStillDue(seen),
                        new Condition.Compared(Item.ATTEMPT, AT_LEAST, seen.maxAttempts())),
                now,
                failedIdle(seen, error, now));
    }

    /**
     * SCHEDULED, ACCEPTED, RETRYING or WAITING → CANCELLED, by the user, or → ACCEPTED to undo the
     * finished steps first.
     */
    public Transition cancelIdle(Request seen, Instant now) {
        return write(
                "cancel",
                Writer.USER,
                all(
                        is(Status.SCHEDULED, Status.ACCEPTED, Status.RETRYING, Status.WAITING),
                        isAsSeen(seen)),
                now,
                cancelledIdle(seen, HistoryEntry.OWNER, now));
    }

    /**
     * RUNNING, by the user: asks the worker to stop. A second cancel is refused, because it is not
     * needed.
     */
    public Transition cancelRunning(Request seen, Instant now) {
        return write(
                "cancel",
                Writer.USER,
                all(
                        is(Status.RUNNING),
                        isAsSeen(seen),
                        new Condition.Flag(Item.CANCEL_REQUESTED, false)),
                now,
                List.of(
                        new Put(Item.CANCEL_REQUESTED, AttributeValue.fromBool(true)),
                        byOwner(seen, HistoryEntry.CANCEL_REQUESTED, now)));
    }

    /**
     * RUNNING → CANCELLED, by the worker that has claimed the request and found that the user has
     * cancelled it.
     */
    public Transition stop(Request held, Instant now) {
        return write(
                "stop",
                all(isHeld(held), new Condition.Flag(Item.CANCEL_REQUESTED, true)),
                now,
                cancelled(bySystem(held, HistoryEntry.CANCELLED, now), now));
    }

    /**
     * Overdue and cancelled by the user → CANCELLED, because the worker is dead, or → ACCEPTED to
     * undo the finished steps first.
     */
    public Transition cancelAbandoned(Request seen, Instant now) {
        return write(
                "stop",
                all(isStillDue(seen), new Condition.Flag(Item.CANCEL_REQUESTED, true)),
                now,
                cancelledIdle(seen, HistoryEntry.SYSTEM, now));
    }

    private List<AttributeChange> cancelledIdle(Request seen, String by, Instant now) {
        if (!seen.hasStepToUndo()) {
            return cancelled(history(seen, HistoryEntry.CANCELLED, by, null, now), now);
        }
        return turnedBackIdle(seen, new Undoing(Status.CANCELLED, null), by, now);
    }

    private List<AttributeChange> cancelled(AttributeChange history, Instant now) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(history);
        changes.add(new Add(Item.FENCE, 1));
        changes.add(new Remove(Item.PROGRESS));
        changes.add(new Remove(Item.WAIT));
        changes.addAll(finish(Status.CANCELLED, now));
        return changes;
    }

    /**
     * FAILED or CANCELLED → ACCEPTED, by the user, or → SCHEDULED if the request has not started
     * and its start time is still to come. Finished steps stay finished; undone steps run again,
     * with other effect keys. If steps could not be undone, undoing goes on.
     */
    public Transition retry(Request seen, Instant now) {
        var changes =
                new ArrayList<>(
                        seen.options()
                                .startAfter(now)
                                .filter(start -> seen.steps().isEmpty())
                                .map(start -> free(Status.SCHEDULED, seen.key(), start))
                                .orElseGet(
                                        () ->
                                                offerAgain(
                                                        seen.key(),
                                                        now.plus(timing.startGrace()))));
        changes.add(new Put(Item.ATTEMPT, Item.number(0)));
        changes.add(new Put(Item.FAILURES, Item.number(0)));
        changes.add(new Remove(Item.ERROR));
        changes.add(new Remove(Item.CANCEL_REQUESTED));
        changes.add(new Remove(Item.EXPIRES_AT));
        changes.add(new Remove(Item.TYPE_UNKNOWN_SINCE));
        if (seen.undoing() == null && seen.steps().stream().anyMatch(Transitions::isUndone)) {
            changes.add(new Put(Item.STEPS, Item.steps(withoutUndone(seen.steps()))));
        }
        changes.add(byOwner(seen, HistoryEntry.RETRIED, now));
        return write(
                "retry",
                Writer.USER,
                all(is(Status.FAILED, Status.CANCELLED), isAsSeen(seen)),
                now,
                changes);
    }

    /**
     * Records that the request has a link, so that its changes are pushed to those who watch it by
     * the link. Neither the version nor anything that a document shows changes: a worker that has
     * claimed the request would otherwise lose it. A request that has no life gets one like with a
     * claim, because the link belongs to the life.
     */
    public Transition share(Request seen) {
        var changes = new ArrayList<AttributeChange>(life(seen));
        changes.add(new Put(Item.SHARED, AttributeValue.fromBool(true)));
        return new Transition("share", Writer.USER, isSameLife(seen), changes, null);
    }

    /** Returns what the deletion of a finished request by its user requires. */
    public static Condition deletable(Request seen) {
        return all(is(Status.SUCCEEDED, Status.FAILED, Status.CANCELLED), isAsSeen(seen));
    }

    private static boolean isUndone(StepState step) {
        return step.status() == StepStatus.UNDONE;
    }

    private static List<StepState> withoutUndone(List<StepState> steps) {
        return steps.stream().map(step -> isUndone(step) ? step.pendingAgain() : step).toList();
    }

    private static List<AttributeChange> offerAgain(RequestKey key, Instant due) {
        return free(Status.ACCEPTED, key, due);
    }

    private static List<AttributeChange> free(Status status, RequestKey key, Instant due) {
        var changes = new ArrayList<AttributeChange>();
        changes.add(put(status));
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

    private static AttributeChange byOwner(Request seen, String event, Instant now) {
        return history(seen, event, HistoryEntry.OWNER, null, now);
    }

    private static AttributeChange bySystem(Request seen, String event, Instant now) {
        return history(seen, event, HistoryEntry.SYSTEM, null, now);
    }

    private static AttributeChange failure(
            Request seen, String event, RequestError error, Instant now) {
        return history(seen, event, HistoryEntry.SYSTEM, error.code(), now);
    }

    /**
     * Adds an entry to the history. If the history is full, drops the oldest entry by replacing the
     * whole list; the write requires the version of {@code seen}, so no other entry is lost. Also
     * replaces an attribute without a readable entry, because another program may have written
     * something other than a list.
     */
    private static AttributeChange history(
            Request seen, String event, String by, @Nullable String code, Instant now) {
        var entry = new HistoryEntry(seen.version() + 1, now, event, by, code);
        int size = seen.history().size();
        if (size > 0 && size < HistoryEntry.MAX_ENTRIES) {
            return new Append(Item.HISTORY, Item.entry(entry));
        }
        var entries = new ArrayList<>(seen.history());
        entries.add(entry);
        int dropped = Math.max(0, entries.size() - HistoryEntry.MAX_ENTRIES);
        return new Put(Item.HISTORY, Item.history(entries.subList(dropped, entries.size())));
    }

    private static Put put(Status status) {
        return new Put(Item.STATUS, Item.text(status.name()));
    }

    private Transition write(
            String name, Condition condition, Instant now, List<AttributeChange> changes) {
        return write(name, Writer.WORK, condition, now, changes);
    }

    private Transition write(
            String name,
            Writer by,
            Condition condition,
            Instant now,
            List<AttributeChange> changes) {
        // Parts of a transition may remove the same attribute; DynamoDB accepts each path once.
        var all = new ArrayList<AttributeChange>(new LinkedHashSet<>(changes));
        all.add(new Add(Item.VERSION, 1));
        all.add(new Put(Item.UPDATED_AT, Item.time(now)));
        return new Transition(name, by, condition, all, unique.get());
    }
}
