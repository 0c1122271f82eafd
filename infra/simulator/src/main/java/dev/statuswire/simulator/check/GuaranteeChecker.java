package dev.statuswire.simulator.check;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks every write, effect and response of one schedule, and reports the first guarantee that is
 * broken. Used by one thread at a time.
 */
public final class GuaranteeChecker {

    /** The answer of a person to a request that waits, as JSON text. */
    public static String answerOf(int person) {
        return "{\"by\":\"%s %d\"}".formatted(TransitionOracle.ANSWERED, person);
    }

    /** The answer of a person who has a link to a request that waits, as JSON text. */
    public static String answerByLinkOf(String link, int times) {
        return "{\"by\":\"%s %s %d\"}".formatted(TransitionOracle.ANSWERED_BY_LINK, link, times);
    }

    /** A request type that no process of any release knows. */
    public static final String TYPE_OF_NONE = "gone";

    /** The names of the steps that only wait, and have no effect. */
    public static final Set<String> WAITS = Set.of("reply", "confirm", "rest");

    /** The errors with which a request can end although steps of it could be undone. */
    private static final Set<String> INCOMPLETE =
            Set.of("undo-failed", "type-changed", "unknown-type");

    /** More consecutive hand-backs than a minute of orderly shutdowns causes. */
    private static final int MOST_HAND_BACKS = 30;

    /**
     * How often a request may run without a claim, in total. It should be once; a clock that is set
     * back, or that is wrong by as long as a process was down, can cause another run.
     */
    private static final int MOST_UNCLAIMED = 4;

    /** How often a request may run without a claim in one process. */
    private static final int MOST_UNCLAIMED_IN_ONE = 2;

    /** How long after its due time a request is handled at the latest in a punctual schedule. */
    private static final Duration MOST_LATE = Duration.ofSeconds(2);

    private final Map<RequestKey, KnownFacts> requests = new TreeMap<>(KnownFacts.ORDER);
    private final Map<String, Optional<String>> effects = new HashMap<>();
    private final Set<String> lives = new HashSet<>();
    private final Set<RequestKey> ofNewerRelease = new HashSet<>();
    private final Map<String, Instant> limits = new HashMap<>();
    private final Map<String, Instant> plannedEnds = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private final Set<String> undone = new HashSet<>();
    private final Set<String> undoableKeys = new HashSet<>();
    private final Map<List<Object>, Integer> unclaimedRuns = new HashMap<>();
    private final LinkChecker links = new LinkChecker(this);
    private final boolean punctual;
    private Optional<Violation> first = Optional.empty();

    /**
     * @param punctual whether a due request must be handled within {@link #MOST_LATE}
     */
    public GuaranteeChecker(boolean punctual) {
        this.punctual = punctual;
    }

    /** Returns the first guarantee that was broken; empty if none was. */
    public Optional<Violation> violation() {
        return first;
    }

    /** Returns the checks of links. */
    public LinkChecker links() {
        return links;
    }

    /** Reports a broken guarantee. */
    public void broken(String guarantee, String what) {
        if (first.isEmpty()) {
            first = Optional.of(new Violation(guarantee, what));
        }
    }

    private void require(boolean kept, String guarantee, String otherwise, Object about) {
        if (!kept) {
            broken(guarantee, otherwise + ": " + about);
        }
    }

    /** Records that a client's submission was acknowledged. */
    public void acknowledged(RequestKey key) {
        known(key).acknowledged = true;
    }

    /**
     * Records that a step of {@code request} was started.
     *
     * @param process the process that runs it
     * @param limit the true time at which its time limit ends
     */
    public void started(Object process, Request request, String step, Instant limit) {
        limits.put(run(request, step), limit);
        if (request.status() == Status.ACCEPTED) {
            String life = String.valueOf(request.life());
            ranUnclaimed(request, MOST_UNCLAIMED, List.of(life));
            ranUnclaimed(request, MOST_UNCLAIMED_IN_ONE, List.of(life, process));
        }
    }

    /**
     * Records that a step of {@code request} plans to wait.
     *
     * @param until when the wait ends at the latest, by the clock of its process
     */
    public void plannedWait(Request request, String step, Instant until) {
        plannedEnds.put(run(request, step), until);
    }

    /** Records that a client deletes a request. */
    public void deletes(RequestKey key) {
        known(key).mayBeDeleted = true;
    }

    /** Checks an answer that was accepted, by the request that the writer got. */
    public void answered(Request after, String step, String answer) {
        String before = answers.put(after.key() + " " + after.life() + " " + step, answer);
        require(before == null, "G8", "two answers to one wait were accepted", after);
        require(
                after.steps().stream()
                        .anyMatch(it -> it.name().equals(step) && answer.equals(it.output())),
                "G8",
                "an accepted answer is not the output of its step",
                after);
    }

    private void ranUnclaimed(Request request, int most, List<Object> where) {
        int runs = unclaimedRuns.merge(where, 1, Integer::sum);
        require(runs <= most, "G1", "it ran without a claim too often", request);
    }

    private static String run(Request request, String step) {
        return run(request, request.fence(), step);
    }

    private static String run(Request request, long fence, String step) {
        return request.key() + " " + request.life() + " " + fence + " " + step;
    }

    /** Checks the key under which a step of {@code request} had an external effect. */
    public void effect(String effectKey, Request request) {
        Optional<String> life = Optional.ofNullable(request.life());
        Optional<String> before = effects.put(effectKey, life);
        require(
                before == null || before.equals(life),
                "G4",
                "two requests share an effect key",
                effectKey);
    }

    /** Records that the effect of a step, if there was one, was undone. */
    public void undone(String effectKey) {
        undone.add(effectKey);
    }

    /** Records that a step with an undo has its effect. */
    public void undoableEffect(String effectKey) {
        undoableKeys.add(effectKey);
    }

    /** Returns whether a step has had its effect. */
    public boolean hasEffect(String effectKey) {
        return effects.containsKey(effectKey);
    }

    /**
     * Checks an abandoned write that has arrived late and had an effect.
     *
     * @param sentAt the request when the write was sent
     * @param now the request when the write arrived
     * @param after the request after the write
     */
    public void late(
            WriterRole role,
            Optional<Request> sentAt,
            Optional<Request> now,
            Optional<Request> after) {
        if (isAnotherWithoutLife(sentAt, now) || isShared(now, after)) {
            return;
        }
        boolean isUnchanged =
                now.isPresent()
                        && sentAt.isPresent()
                        && now.get().version() == sentAt.get().version()
                        && Objects.equals(now.get().life(), sentAt.get().life());
        require(
                isUnchanged,
                role == WriterRole.WORKER ? "G3" : "G5",
                "a late write of the " + role + " changed a request that had changed since",
                now);
    }

    /**
     * Returns whether the release without lives has used the id twice, so that nothing
     * distinguishes the two requests. Outside the simulator, at least a day lies between them, and
     * a late write arrives within seconds.
     */
    private static boolean isAnotherWithoutLife(Optional<Request> sentAt, Optional<Request> now) {
        return now.filter(it -> it.life() == null).isPresent()
                && !sentAt.map(Request::createdAt).equals(now.map(Request::createdAt));
    }

    /** Returns whether a write has shared a request, which may have changed since it was read. */
    private static boolean isShared(Optional<Request> now, Optional<Request> after) {
        return now.isPresent()
                && after.isPresent()
                && TransitionOracle.isShared(now.get(), after.get());
    }

    private KnownFacts known(RequestKey key) {
        return requests.computeIfAbsent(key, any -> new KnownFacts());
    }

    /** What is known about one request in addition to its item. */
    private static final class KnownFacts {
        private static final java.util.Comparator<RequestKey> ORDER =
                java.util.Comparator.comparing(RequestKey::owner).thenComparing(RequestKey::id);
        private boolean acknowledged;
        private boolean finishedOnce;
        private boolean mayBeDeleted;
        private int handBacks;
        private final Map<Long, Thread> holders = new HashMap<>();
    }

    /** Checks a change of an item. */
    public void wrote(ObservedWrite write) {
        if (write.after().isEmpty()) {
            removed(write);
        } else if (write.before().isEmpty()) {
            submitted(write, write.after().get());
        } else if (replacesExpired(write, write.before().get())) {
            known(write.key()).holders.clear();
            links.removed(write.before().get());
            submitted(write, write.after().get());
        } else {
            changed(write, write.before().get(), write.after().get());
        }
        write.after().ifPresent(after -> dueAndExpiry(write, after));
        write.after().ifPresent(links::wrote);
    }

    private void removed(ObservedWrite write) {
        Request before = write.before().orElseThrow();
        boolean isExpired =
                before.expiresAt() != null && !before.expiresAt().isAfter(write.truth());
        boolean isWanted = write.role() == WriterRole.API && known(write.key()).mayBeDeleted;
        require(
                before.status().finished() && (isExpired || isWanted),
                "G1",
                "it was deleted too early",
                before);
        known(write.key()).holders.clear();
        links.removed(before);
    }

    /**
     * Returns whether this is a submission whose clock shows that the previous request has expired.
     */
    private static boolean replacesExpired(ObservedWrite write, Request before) {
        return write.role() == WriterRole.API
                && before.status().finished()
                && before.expiresAt() != null
                && !before.expiresAt().isAfter(write.now())
                && write.after().map(Request::version).filter(it -> it == 1).isPresent();
    }

    private void submitted(ObservedWrite write, Request after) {
        if (write.role() == WriterRole.NEWER_RELEASE) {
            ofNewerRelease.add(write.key());
            return;
        }
        if (after.life() != null) {
            require(lives.add(after.life()), "G4", "two requests have the same life", after);
        }
        require(
                write.role() == WriterRole.API && isAsSubmitted(after),
                "G2",
                "it was not created by a submission",
                write);
        require(after.version() == 1, "G2", "its first version is not 1", after);
    }

    private static boolean isAsSubmitted(Request after) {
        Instant start = after.options().notBefore();
        if (start == null || after.createdAt() == null || !start.isAfter(after.createdAt())) {
            return after.status() == Status.ACCEPTED;
        }
        return after.status() == Status.SCHEDULED && start.equals(after.dueAt());
    }

    private void changed(ObservedWrite write, Request before, Request after) {
        boolean isNewer = ofNewerRelease.contains(write.key());
        require(!isNewer, "G1", "a request of a newer release was changed", write);
        if (after.version() == before.version()) {
            require(
                    write.role() != WriterRole.SWEEPER && TransitionOracle.isShared(before, after),
                    "G2",
                    "a write without a new version did not only share the request",
                    write);
            return;
        }
        require(
                after.version() == before.version() + 1,
                "G2",
                "the version did not increase by one",
                write);
        require(
                isSameRequest(before, after),
                "G2",
                "its type, input, creation time or sharing changed",
                write);
        if (before.status().finished() && !TransitionOracle.has(write, before, after)) {
            broken("G5", "a finished request was changed: " + write);
        }
        require(
                TransitionOracle.has(write, before, after),
                "G2",
                "the table has no such transition",
                write);
        punctuality(write, before);
        life(write, before, after);
        error(write, after);
        history(write, before, after);
        steps(write, before, after);
        holder(write, before, after);
        wait(write, before, after);
        if (write.role() == WriterRole.WORKER) {
            makesProgress(write, before, after);
        }
    }

    /**
     * Counts consecutive hand-backs that do not count as attempts, without a finished step in
     * between.
     */
    private void makesProgress(ObservedWrite write, Request before, Request after) {
        KnownFacts known = known(write.key());
        boolean isHandBack =
                before.status() == Status.RUNNING
                        && after.status() == Status.ACCEPTED
                        && after.attempt() < before.attempt();
        if (isHandBack) {
            known.handBacks++;
            require(known.handBacks < MOST_HAND_BACKS, "G1", "it is handed back forever", write);
        } else if (after.status() != Status.RUNNING
                || after.nextStep() > before.nextStep()
                || after.nextToUndo() < before.nextToUndo()) {
            known.handBacks = 0;
        }
    }

    /** A wait ends when its step has planned it, and no worker holds the request meanwhile. */
    private void wait(ObservedWrite write, Request before, Request after) {
        if (before.status() == Status.RUNNING && after.status() == Status.WAITING) {
            String step = after.waitingFor() == null ? "" : after.waitingFor().step();
            require(
                    Objects.equals(
                            plannedEnds.get(run(before, before.fence(), step)), after.dueAt()),
                    "G1",
                    "a wait has another end than its step has planned",
                    write);
        }
    }

    private void punctuality(ObservedWrite write, Request before) {
        if (punctual && write.role() == WriterRole.SWEEPER && before.dueAt() != null) {
            Duration late = Duration.between(before.dueAt(), write.truth());
            require(late.compareTo(MOST_LATE) <= 0, "G1", "it was overdue by " + late, write);
        }
    }

    /** A life never changes. A request without a life gets one at its first claim. */
    private void life(ObservedWrite write, Request before, Request after) {
        if (before.life() != null) {
            require(before.life().equals(after.life()), "G4", "the life was changed", write);
        } else if (after.status() == Status.RUNNING) {
            require(after.life() != null, "G4", "a claimed request has no life", write);
        }
    }

    private void error(ObservedWrite write, Request after) {
        RequestError error = after.error();
        boolean isNew = after.status() == Status.FAILED || after.status() == Status.RETRYING;
        if (error == null || !isNew) {
            return;
        }
        require(
                !error.code().equals("unknown-type") || after.type().equals(TYPE_OF_NONE),
                "G1",
                "an older release failed a request of a newer type",
                write);
        require(
                !error.code().equals("type-changed") || after.nextStep() >= 2,
                "G1",
                "a request that could continue was failed because its type had changed",
                write);
        Instant limit = limits.get(run(after, String.valueOf(error.step())));
        require(
                !error.code().equals("step-timed-out")
                        || limit == null
                        || !write.truth().isBefore(limit),
                "G3",
                "a step timed out before its time limit",
                write);
    }

    /**
     * Each change of the status, and each wish of the user to stop, adds one entry with the version
     * and the time of its write. Nothing else changes the history.
     */
    private void history(ObservedWrite write, Request before, Request after) {
        var expected = new ArrayList<>(before.history());
        if (TransitionOracle.isRecorded(before, after)) {
            if (after.history().isEmpty()) {
                broken("G2", "a change was not recorded: " + write);
                return;
            }
            HistoryEntry last = after.history().getLast();
            expected.add(last);
            require(
                    last.version() == after.version() && last.at().equals(after.updatedAt()),
                    "G2",
                    "an entry of the history has not the version and time of its write",
                    write);
            require(
                    TransitionOracle.isEntryOf(write.role(), before, after, last),
                    "G2",
                    "an entry of the history names another event",
                    write);
        }
        int dropped = Math.max(0, expected.size() - HistoryEntry.MAX_ENTRIES);
        require(
                after.history().equals(expected.subList(dropped, expected.size())),
                "G2",
                "the history was changed",
                write);
    }

    private static boolean isSameRequest(Request before, Request after) {
        return before.type().equals(after.type())
                && before.input().equals(after.input())
                && before.options().equals(after.options())
                && before.shared() == after.shared()
                && (before.createdAt() == null
                        || Objects.equals(before.createdAt(), after.createdAt()));
    }

    /** Finished steps stay as they are until they are undone; one step is finished at a time. */
    private void steps(ObservedWrite write, Request before, Request after) {
        int newlyDone = 0;
        require(before.nextStep() <= after.steps().size(), "G3", "a step is gone", write);
        for (int i = 0; i < after.steps().size(); i++) {
            StepState step = after.steps().get(i);
            boolean wasDone = i < before.steps().size() && before.steps().get(i).done();
            boolean isNew = step.done() && !wasDone;
            newlyDone += isNew ? 1 : 0;
            require(
                    !wasDone || step.equals(before.steps().get(i)) || before.undoing() != null,
                    "G3",
                    "a committed output was changed",
                    write);
            effects(write, after, step, isNew);
        }
        require(newlyDone <= 1, "G3", "two steps were committed at once", write);
    }

    private void effects(ObservedWrite write, Request after, StepState step, boolean isNew) {
        String key = after.effectKey(step.name());
        if (step.done() && !WAITS.contains(step.name())) {
            require(effects.containsKey(key), "G4", "a step is done without its effect", write);
        }
        if (isNew) {
            require(!undone.contains(key), "G7", "a step is done, but its effect undone", write);
        }
        if (step.status() == StepStatus.UNDONE) {
            require(undone.contains(key), "G7", "a step is undone, but not its effect", write);
        }
    }

    /** Of the workers, only the one that claimed the request may write to it. */
    private void holder(ObservedWrite write, Request before, Request after) {
        if (write.role() != WriterRole.WORKER) {
            return;
        }
        Map<Long, Thread> holders = known(write.key()).holders;
        if (before.status() == Status.ACCEPTED) {
            holders.put(after.fence(), write.thread());
        } else {
            require(
                    write.thread().equals(holders.get(before.fence())),
                    "G3",
                    "a worker that does not hold the request wrote to it",
                    write);
        }
    }

    private void dueAndExpiry(ObservedWrite write, Request after) {
        if (after.status().finished()) {
            known(write.key()).finishedOnce = true;
            require(after.dueAt() == null, "G5", "it is finished but still due", after);
            require(after.expiresAt() != null, "G5", "it is finished but never expires", after);
        } else {
            require(after.dueAt() != null, "G1", "it is unfinished but has no due time", after);
            require(after.expiresAt() == null, "G1", "it is unfinished but expires", after);
        }
    }

    /**
     * Checks the end of the schedule, when every request had time to finish.
     *
     * @param items the requests in the table
     */
    public void ended(Map<RequestKey, Request> items) {
        requests.forEach((key, known) -> ended(key, known, Optional.ofNullable(items.get(key))));
    }

    /** All steps are in effect, or all that can be undone are undone, or it visibly failed. */
    private void isWholeOrUndone(Request end) {
        boolean isVisible = end.error() != null && INCOMPLETE.contains(end.error().code());
        boolean isWhole =
                end.status() == Status.SUCCEEDED
                        ? end.steps().stream().allMatch(StepState::done)
                        : !end.hasStepToUndo() && isWithoutEffects(end);
        require(isWhole || isVisible, "G7", "it ended with a part of its steps in effect", end);
    }

    private boolean isWithoutEffects(Request end) {
        return end.steps().stream()
                .map(step -> end.effectKey(step.name()))
                .noneMatch(key -> undoableKeys.contains(key) && !undone.contains(key));
    }

    private void ended(RequestKey key, KnownFacts known, Optional<Request> item) {
        item.filter(there -> there.status().finished()).ifPresent(this::isWholeOrUndone);
        boolean finished = item.map(there -> there.status().finished()).orElse(known.finishedOnce);
        if (known.acknowledged && !finished) {
            broken("G1", "it was accepted but never finished: " + key + " is " + item);
        }
    }
}
