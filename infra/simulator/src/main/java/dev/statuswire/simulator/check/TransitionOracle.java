package dev.statuswire.simulator.check;

import static dev.statuswire.core.request.Status.ACCEPTED;
import static dev.statuswire.core.request.Status.CANCELLED;
import static dev.statuswire.core.request.Status.FAILED;
import static dev.statuswire.core.request.Status.RETRYING;
import static dev.statuswire.core.request.Status.RUNNING;
import static dev.statuswire.core.request.Status.SCHEDULED;
import static dev.statuswire.core.request.Status.SUCCEEDED;
import static dev.statuswire.core.request.Status.WAITING;
import static dev.statuswire.core.request.StepStatus.UNDONE;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Wait;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A second implementation of the design's table of transitions, written in another way so that it
 * does not repeat a mistake of the first: which status changes each role may make, and under which
 * conditions. It considers only stored requests.
 */
final class TransitionOracle {

    private static final Set<Status> IDLE = EnumSet.of(SCHEDULED, ACCEPTED, RETRYING, WAITING);
    private static final Set<Status> ENDED = EnumSet.of(FAILED, CANCELLED);

    /** Part of every answer of a person, and of no default answer. */
    static final String ANSWERED = "a person";

    /** Part of every answer by a link. */
    static final String ANSWERED_BY_LINK = ANSWERED + " with a link";

    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_FAILURES = 3;

    private TransitionOracle() {}

    /** Returns whether {@code write}, which changed an existing item, is in the table. */
    static boolean has(ObservedWrite write, Request before, Request after) {
        return switch (write.role()) {
            case API -> isUsers(before, after);
            case WORKER -> isWorkers(before, after);
            case SWEEPER -> isSweepers(write, before, after);
            case EXPIRY, NEWER_RELEASE -> false;
        };
    }

    /**
     * Returns whether a write has shared the request and changed nothing else. A request without a
     * life gets one, unless it may already have had effects.
     */
    static boolean isShared(Request before, Request after) {
        boolean getsLife = before.life() == null && before.steps().isEmpty();
        return after.shared()
                && after.version() == before.version()
                && (getsLife ? after.life() != null : Objects.equals(before.life(), after.life()))
                && withoutSharing(before).equals(withoutSharing(after));
    }

    private static Request withoutSharing(Request request) {
        return new Request(
                request.key(),
                null,
                request.format(),
                request.type(),
                request.input(),
                request.options(),
                request.status(),
                request.statusText(),
                request.version(),
                request.fence(),
                request.attempt(),
                request.failures(),
                request.steps(),
                request.progress(),
                request.waitingFor(),
                request.undoing(),
                request.result(),
                request.error(),
                request.cancelRequested(),
                false,
                request.createdAt(),
                request.updatedAt(),
                request.dueAt(),
                request.expiresAt(),
                request.typeUnknownSince(),
                request.history());
    }

    private static boolean isUsers(Request before, Request after) {
        if (after.status() == CANCELLED) {
            return IDLE.contains(before.status())
                    && before.undoing() == null
                    && !before.hasStepToUndo()
                    && isFenceUp(before, after, 1);
        }
        if (after.status() == RUNNING) {
            return before.status() == RUNNING
                    && before.undoing() == null
                    && !before.cancelRequested()
                    && after.cancelRequested()
                    && isFenceUp(before, after, 0)
                    && isSameWork(before, after);
        }
        if (isTurnedBackIdle(before, after, CANCELLED)) {
            return IDLE.contains(before.status());
        }
        if (before.status() == WAITING) {
            return isWaitEnded(before, after) && isAnsweredByPerson(before, after);
        }
        return after.status() == (isToBeScheduled(before, after) ? SCHEDULED : ACCEPTED)
                && ENDED.contains(before.status())
                && isFenceUp(before, after, 1)
                && after.attempt() == 0
                && after.failures() == 0
                && after.error() == null
                && !after.cancelRequested()
                && isUndoKept(before, after)
                && isRunAgain(before, after);
    }

    private static boolean isToBeScheduled(Request before, Request after) {
        Instant start = before.options().notBefore();
        return start != null
                && after.updatedAt() != null
                && start.isAfter(after.updatedAt())
                && before.steps().isEmpty();
    }

    /** Returns whether exactly the undone steps run again, unless undoing goes on. */
    private static boolean isRunAgain(Request before, Request after) {
        if (before.undoing() != null) {
            return after.steps().equals(before.steps());
        }
        boolean isAsExpected = before.steps().size() == after.steps().size();
        for (int i = 0; isAsExpected && i < before.steps().size(); i++) {
            StepState step = before.steps().get(i);
            StepState now = after.steps().get(i);
            isAsExpected =
                    step.status() == UNDONE
                            ? now.status() == StepStatus.PENDING && now.run() == step.run() + 1
                            : now.equals(step);
        }
        return isAsExpected;
    }

    private static boolean isUndoKept(Request before, Request after) {
        return Objects.equals(before.undoing(), after.undoing());
    }

    /**
     * Returns whether the finished steps are undone from now on, and any worker may claim the
     * request for that.
     */
    private static boolean isTurnedBackIdle(Request before, Request after, Status outcome) {
        return after.status() == ACCEPTED
                && isTurnedBack(before, after, outcome)
                && isFenceUp(before, after, 1)
                && after.waitingFor() == null
                && after.attempt() == 0;
    }

    private static boolean isTurnedBack(Request before, Request after, Status outcome) {
        return before.undoing() == null
                && after.undoing() != null
                && after.undoing().outcome() == outcome
                && Objects.equals(after.undoing().error(), after.error())
                && (outcome == FAILED) == (after.error() != null)
                && before.hasStepToUndo()
                && after.hasStepToUndo()
                && after.failures() == 0
                && !after.cancelRequested();
    }

    /** Returns whether the step that waited is finished, and the counts of the next step start. */
    private static boolean isWaitEnded(Request before, Request after) {
        int step = before.nextStep();
        return after.status() == ACCEPTED
                && after.waitingFor() == null
                && after.attempt() == 0
                && after.failures() == 0
                && after.nextStep() > step
                && after.steps().size() == before.steps().size()
                && isFenceUp(before, after, 1);
    }

    private static boolean isAnsweredByPerson(Request before, Request after) {
        String output = after.steps().get(before.nextStep()).output();
        return before.waitingFor() != null
                && before.waitingFor().isForAnswer()
                && output != null
                && output.contains(ANSWERED);
    }

    private static boolean isWorkers(Request before, Request after) {
        if (isTooLate(before, after)) {
            return true;
        }
        if (before.status() == ACCEPTED) {
            return isLeftUnclaimed(before, after)
                    || isClaimed(before, after)
                    || isFinishedUnclaimed(before, after);
        }
        if (before.status() != RUNNING) {
            return false;
        }
        if (isTurnedBackByWorker(before, after)) {
            return true;
        }
        if (before.undoing() != null && isUndo(before, after)) {
            return !before.cancelRequested();
        }
        return after.status() == CANCELLED
                ? before.cancelRequested() && !before.hasStepToUndo() && isFenceUp(before, after, 1)
                : !before.cancelRequested()
                        && isUndoKept(before, after)
                        && isWantedWork(before, after);
    }

    private static boolean isTurnedBackByWorker(Request before, Request after) {
        Status outcome = before.cancelRequested() ? CANCELLED : FAILED;
        return after.status() == RUNNING
                && isTurnedBack(before, after, outcome)
                && isFenceUp(before, after, 0)
                && after.attempt() == 1;
    }

    /** Returns whether the last finished step was undone, or the end of the undo written. */
    private static boolean isUndo(Request before, Request after) {
        int index = before.nextToUndo();
        if (!isFenceUp(before, after, 0) || before.undoing() == null) {
            return false;
        }
        if (index < 0) {
            return after.undoing() == null
                    && after.status() == before.undoing().outcome()
                    && Objects.equals(after.error(), before.undoing().error())
                    && after.steps().equals(before.steps());
        }
        return after.status() == RUNNING
                && isUndoKept(before, after)
                && after.steps().get(index).status() == UNDONE
                && after.nextToUndo() < index
                && after.attempt() == 1
                && after.failures() == 0;
    }

    private static boolean isClaimed(Request before, Request after) {
        return after.status() == RUNNING
                && isInTime(before, after)
                && !before.cancelRequested()
                && before.attempt() < MOST_ATTEMPTS + before.failures()
                && after.attempt() == before.attempt() + 1
                && isFenceUp(before, after, 1);
    }

    /** Returns whether a request that is started for the first time is not too late. */
    private static boolean isInTime(Request before, Request after) {
        Instant latest = before.options().notAfter();
        Instant started = after.steps().getFirst().startedAt();
        return !before.steps().isEmpty()
                || latest == null
                || started == null
                || !started.isAfter(latest);
    }

    /**
     * Returns whether the only step was finished without a claim, on a request that had not changed
     * since its submission.
     */
    private static boolean isFinishedUnclaimed(Request before, Request after) {
        return after.status() == SUCCEEDED
                && isInTime(before, after)
                && before.version() == 1
                && before.attempt() == 0
                && after.attempt() == 1
                && isFenceUp(before, after, 0)
                && after.life() != null
                && after.result() != null
                && after.steps().size() == 1
                && after.steps().getFirst().done()
                && after.steps().getFirst().startedAt() != null;
    }

    /** Returns whether the request was set aside for another release, or refused. */
    private static boolean isLeftUnclaimed(Request before, Request after) {
        if (!isSameWork(before, after)) {
            return false;
        }
        return after.status() == FAILED
                ? after.error() != null && isFenceUp(before, after, 1)
                : after.status() == ACCEPTED
                        && after.typeUnknownSince() != null
                        && isFenceUp(before, after, 0);
    }

    private static boolean isWantedWork(Request before, Request after) {
        return switch (after.status()) {
            case RUNNING -> isFenceUp(before, after, 0) && isCountedFromNextStep(before, after);
            case SUCCEEDED ->
                    isFenceUp(before, after, 0)
                            && after.result() != null
                            && after.steps().stream().allMatch(step -> step.done());
            case FAILED -> isFenceUp(before, after, 0) && isFailure(before, after);
            case RETRYING ->
                    isFenceUp(before, after, 0)
                            && after.error() != null
                            && after.failures() == before.failures() + 1
                            && after.failures() < MOST_FAILURES;
            case ACCEPTED ->
                    isFenceUp(before, after, 1)
                            && (after.attempt() == before.attempt() - 1
                                    || after.attempt() == before.attempt());
            case WAITING ->
                    isFenceUp(before, after, 1)
                            && after.waitingFor() != null
                            && after.nextStep() == before.nextStep()
                            && after.error() == null;
            case SCHEDULED, CANCELLED, UNKNOWN -> false;
        };
    }

    /** Returns whether a request that no worker has started failed because of its time limit. */
    private static boolean isTooLate(Request before, Request after) {
        return after.status() == FAILED
                && after.error() != null
                && after.error().code().equals("too-late")
                && (before.status() == ACCEPTED || before.status() == SCHEDULED)
                && before.steps().isEmpty()
                && before.options().notAfter() != null
                && isFenceUp(before, after, 1)
                && isSameWork(before, after);
    }

    /**
     * Returns whether the request failed with its steps as they are, because none can be undone, or
     * undoing one has failed.
     */
    private static boolean isFailure(Request before, Request after) {
        return after.error() != null
                && after.hasStepToUndo() == (before.undoing() != null)
                && (before.undoing() != null) == after.error().code().equals("undo-failed");
    }

    /** Returns whether a commit, and only a commit, starts the counts of the next step. */
    private static boolean isCountedFromNextStep(Request before, Request after) {
        return done(after) > done(before)
                ? after.attempt() == 1 && after.failures() == 0
                : after.attempt() == before.attempt() && after.failures() == before.failures();
    }

    private static long done(Request request) {
        return request.steps().stream().filter(StepState::done).count();
    }

    private static boolean isSweepers(ObservedWrite write, Request before, Request after) {
        boolean isDue = before.dueAt() != null && !before.dueAt().isAfter(write.now());
        if (!isDue || before.status().finished() || !isFenceUp(before, after, 1)) {
            return false;
        }
        if (isTooLate(before, after)) {
            return true;
        }
        if (before.status() == WAITING) {
            return isTimeUp(before, after);
        }
        boolean isGivenUp = before.attempt() >= MOST_ATTEMPTS + before.failures();
        if (isTurnedBackIdle(before, after, FAILED)) {
            return isGivenUp;
        }
        if (isTurnedBackIdle(before, after, CANCELLED)) {
            return before.cancelRequested();
        }
        return switch (after.status()) {
            case ACCEPTED ->
                    !before.cancelRequested()
                            && !isGivenUp
                            && isUndoKept(before, after)
                            && isSameWork(before, after);
            case FAILED -> isGivenUp && isUndoKept(before, after) && isFailure(before, after);
            case CANCELLED -> before.cancelRequested() && !before.hasStepToUndo();
            case SCHEDULED, RUNNING, RETRYING, WAITING, SUCCEEDED, UNKNOWN -> false;
        };
    }

    private static boolean isTimeUp(Request before, Request after) {
        Wait what = before.waitingFor();
        if (what == null) {
            return false;
        }
        if (what.isForAnswer() && what.defaultAnswer() == null) {
            boolean isUnanswered =
                    after.error() != null && after.error().code().equals("no-answer");
            if (before.hasStepToUndo()) {
                return isUnanswered && isTurnedBackIdle(before, after, FAILED);
            }
            return after.status() == FAILED
                    && after.waitingFor() == null
                    && after.error() != null
                    && after.error().code().equals("no-answer")
                    && after.nextStep() == before.nextStep();
        }
        String output = after.steps().get(before.nextStep()).output();
        return isWaitEnded(before, after)
                && Objects.equals(output, what.isForAnswer() ? what.defaultAnswer() : "null");
    }

    private static boolean isSameWork(Request before, Request after) {
        return before.attempt() == after.attempt()
                && before.failures() == after.failures()
                && before.steps().equals(after.steps());
    }

    private static boolean isFenceUp(Request before, Request after, int by) {
        return after.fence() == before.fence() + by;
    }

    /** Returns whether the change from {@code before} to {@code after} belongs into the history. */
    static boolean isRecorded(Request before, Request after) {
        return before.status() != after.status()
                || isTurned(before, after)
                || (after.cancelRequested() && !before.cancelRequested());
    }

    private static boolean isTurned(Request before, Request after) {
        return before.undoing() == null && after.undoing() != null;
    }

    /** Returns whether {@code entry} is what a write of this role records about its change. */
    static boolean isEntryOf(WriterRole role, Request before, Request after, HistoryEntry entry) {
        String by =
                role != WriterRole.API
                        ? "system"
                        : isAnsweredByLink(before, after) ? "link" : "owner";
        boolean isTurned = isTurned(before, after);
        Set<String> events = isTurned ? Set.of("undoing") : events(role, after);
        boolean isFailure =
                after.status() == FAILED
                        || after.status() == RETRYING
                        || (isTurned && after.error() != null);
        return entry.by().equals(by)
                && events.contains(entry.event())
                && (isFailure
                        ? after.error() != null && after.error().code().equals(entry.code())
                        : entry.code() == null);
    }

    private static boolean isAnsweredByLink(Request before, Request after) {
        if (before.status() != WAITING) {
            return false;
        }
        String output = after.steps().get(before.nextStep()).output();
        return output != null && output.contains(ANSWERED_BY_LINK);
    }

    private static Set<String> events(WriterRole role, Request after) {
        return switch (after.status()) {
            case ACCEPTED ->
                    switch (role) {
                        case API -> Set.of("retried", "answered");
                        case SWEEPER -> Set.of("offered", "worker-lost", "due", "time-is-up");
                        default -> Set.of("handed-back");
                    };
            case SCHEDULED -> Set.of("retried");
            case RUNNING -> Set.of(role == WriterRole.API ? "cancel-requested" : "started");
            default -> Set.of(after.status().name().toLowerCase(Locale.ROOT));
        };
    }
}
