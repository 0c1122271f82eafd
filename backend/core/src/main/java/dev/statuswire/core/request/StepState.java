package dev.statuswire.core.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of a request, as stored.
 *
 * @param name the step's name within its type
 * @param statusText the status as stored; this release may not know it
 * @param startedAt when the last run started; null before the first run
 * @param endedAt when the last run ended; null while the step runs
 * @param output JSON text, at most {@value #MAX_OUTPUT_BYTES} bytes of UTF-8; null until the step
 *     has succeeded
 * @param error why the last run failed, or the last run of its undo; null unless it did
 * @param undoable whether the step is to be undone if the request fails or is cancelled: its type
 *     has an undo for it, and it was not proven to have no effect
 * @param ranBefore whether an earlier run of the step, without an output, may have had its effect
 * @param run how often the step was started from scratch: 1, and one more after each undo
 */
public record StepState(
        String name,
        StepStatus status,
        String statusText,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String output,
        @Nullable RequestError error,
        boolean undoable,
        boolean ranBefore,
        int run) {

    /** The maximum size of one step's output in bytes of UTF-8. */
    public static final int MAX_OUTPUT_BYTES = 8 * 1024;

    /** Creates a step with a status that this release knows, which cannot be undone. */
    public StepState(
            String name,
            StepStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String output,
            @Nullable RequestError error) {
        this(name, status, status.name(), startedAt, endedAt, output, error, false, false, 1);
    }

    /** Returns a step that has not started. */
    public static StepState pending(String name) {
        return new StepState(name, StepStatus.PENDING, null, null, null, null);
    }

    /** Returns this step, which can be undone or not. */
    public StepState undoable(boolean canBeUndone) {
        return with(canBeUndone, ranBefore, run);
    }

    private StepState with(boolean canBeUndone, boolean didRunBefore, int number) {
        return new StepState(
                name,
                status,
                statusText,
                startedAt,
                endedAt,
                output,
                error,
                canBeUndone,
                didRunBefore,
                number);
    }

    private StepState with(
            StepStatus newStatus,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String newOutput,
            @Nullable RequestError why) {
        return new StepState(
                name,
                newStatus,
                newStatus.name(),
                start,
                end,
                newOutput,
                why,
                undoable,
                ranBefore,
                run);
    }

    /** Returns this step, started at {@code now}. */
    public StepState started(Instant now) {
        return with(StepStatus.RUNNING, now, null, null, null);
    }

    /** Returns this step, waiting since {@code now}. */
    public StepState waiting(Instant now) {
        return with(StepStatus.WAITING, now, null, null, null);
    }

    /** Returns this step, succeeded at {@code now} with the output {@code json}. */
    public StepState succeeded(String json, Instant now) {
        return with(StepStatus.SUCCEEDED, startedAt, now, json, null);
    }

    /** Returns this step as it is after its undo, so that it has another effect key. */
    public StepState pendingAgain() {
        return pending(name).with(false, false, run + 1);
    }

    /** Returns this step, failed at {@code now}. */
    public StepState failed(RequestError why, Instant now) {
        return with(StepStatus.FAILED, startedAt, now, null, why);
    }

    /** Returns this step, undone at {@code now}. */
    public StepState undone(Instant now) {
        RequestError ownError = status == StepStatus.FAILED ? error : null;
        return with(StepStatus.UNDONE, startedAt, now, output, ownError);
    }

    /** Returns this step, whose undo has failed. */
    public StepState undoFailed(RequestError why) {
        return with(status, startedAt, endedAt, output, why);
    }

    /**
     * Returns whether the step has an undo, and has or may have had its effect: it has succeeded,
     * was interrupted, or has failed in a way that does not exclude an effect.
     */
    public boolean isToUndo() {
        return undoable && (done() || status == StepStatus.RUNNING || status == StepStatus.FAILED);
    }

    /** Returns whether the step's output is committed. */
    public boolean done() {
        return status == StepStatus.SUCCEEDED;
    }

    /**
     * Returns the steps of a type, with the finished ones of {@code stored}. A finished step that
     * has another name in the type is discarded, so the output of one step is never used as that of
     * another.
     *
     * @param names the names of the type's steps
     * @param undoable the names of those that can be undone
     */
    public static List<StepState> ofType(
            List<String> names, Set<String> undoable, List<StepState> stored) {
        var steps = new ArrayList<StepState>(names.size());
        for (int i = 0; i < names.size(); i++) {
            StepState fresh = pending(names.get(i)).undoable(undoable.contains(names.get(i)));
            steps.add(i < stored.size() ? fresh.after(stored.get(i)) : fresh);
        }
        return List.copyOf(steps);
    }

    /**
     * Returns whether a request with the steps {@code stored} can continue with a type that has the
     * steps {@code names}: each step that has finished, or may have to be undone, has the same
     * place in the type.
     */
    public static boolean canContinue(List<String> names, List<StepState> stored) {
        for (int i = 0; i < stored.size(); i++) {
            StepState step = stored.get(i);
            boolean isKept = step.done() || step.isToUndo();
            if (isKept && (i >= names.size() || !step.name().equals(names.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the same steps, with the first unfinished step started at {@code now}.
     *
     * @see #ofType
     */
    public static List<StepState> started(
            List<String> names, Set<String> undoable, List<StepState> stored, Instant now) {
        var steps = new ArrayList<>(ofType(names, undoable, stored));
        int next = (int) steps.stream().takeWhile(StepState::done).count();
        if (next < steps.size()) {
            steps.set(next, steps.get(next).started(now));
        }
        return List.copyOf(steps);
    }

    /** Returns {@code stored} if it is this step and finished, and otherwise this step, again. */
    private StepState after(StepState stored) {
        if (!name.equals(stored.name)) {
            return this;
        }
        if (stored.done()) {
            return stored;
        }
        return with(undoable, stored.isToUndo() || stored.ranBefore, stored.run);
    }
}
