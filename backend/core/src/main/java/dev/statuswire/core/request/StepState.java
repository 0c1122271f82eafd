package dev.statuswire.core.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param undoable whether the step can be undone; false until it has succeeded
 * @param run the run of the request in which the step has succeeded; 1 until then
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
        this(name, status, status.name(), startedAt, endedAt, output, error, false, 1);
    }

    private StepState with(
            StepStatus newStatus, @Nullable Instant end, @Nullable RequestError why) {
        return new StepState(
                name, newStatus, newStatus.name(), startedAt, end, output, why, undoable, run);
    }

    /** Returns a step that has not started. */
    public static StepState pending(String name) {
        return new StepState(name, StepStatus.PENDING, null, null, null, null);
    }

    /** Returns this step, started at {@code now}. */
    public StepState started(Instant now) {
        return new StepState(name, StepStatus.RUNNING, now, null, null, null);
    }

    /** Returns this step, waiting since {@code now}. */
    public StepState waiting(Instant now) {
        return new StepState(name, StepStatus.WAITING, now, null, null, null);
    }

    /** Returns this step, succeeded at {@code now} with the output {@code json}. */
    public StepState succeeded(String json, Instant now) {
        return new StepState(name, StepStatus.SUCCEEDED, startedAt, now, json, null);
    }

    /**
     * Returns this step, which has succeeded.
     *
     * @param inRun the run of the request in which it has succeeded
     * @param canBeUndone whether it has an undo
     */
    public StepState of(int inRun, boolean canBeUndone) {
        return new StepState(
                name, status, statusText, startedAt, endedAt, output, error, canBeUndone, inRun);
    }

    /** Returns this step, undone at {@code now}. */
    public StepState undone(Instant now) {
        return with(StepStatus.UNDONE, now, null);
    }

    /** Returns this step, whose undo has failed. */
    public StepState undoFailed(RequestError why) {
        return with(status, endedAt, why);
    }

    /** Returns this step, failed at {@code now}. */
    public StepState failed(RequestError why, Instant now) {
        return new StepState(name, StepStatus.FAILED, startedAt, now, null, why);
    }

    /** Returns whether the step has succeeded and can be undone. */
    public boolean isToUndo() {
        return done() && undoable;
    }

    /** Returns whether the step's output is committed. */
    public boolean done() {
        return status == StepStatus.SUCCEEDED;
    }

    /**
     * Returns the steps of a type, with the finished ones of {@code stored}. A finished step that
     * has another name in the type is not kept, so the output of one step is never used as that of
     * another.
     *
     * @param names the names of the type's steps
     */
    public static List<StepState> ofType(List<String> names, List<StepState> stored) {
        var steps = new ArrayList<StepState>(names.size());
        for (int i = 0; i < names.size(); i++) {
            boolean kept = i < stored.size() && stored.get(i).isDoneAs(names.get(i));
            steps.add(kept ? stored.get(i) : pending(names.get(i)));
        }
        return List.copyOf(steps);
    }

    /**
     * Returns whether a request with the steps {@code stored} can continue with a type that has the
     * steps {@code names}: each finished step has the same place in the type.
     */
    public static boolean canContinue(List<String> names, List<StepState> stored) {
        for (int i = 0; i < stored.size(); i++) {
            StepState step = stored.get(i);
            if (step.done() && (i >= names.size() || !step.name().equals(names.get(i)))) {
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
    public static List<StepState> started(List<String> names, List<StepState> stored, Instant now) {
        var steps = new ArrayList<>(ofType(names, stored));
        int next = (int) steps.stream().takeWhile(StepState::done).count();
        if (next < steps.size()) {
            steps.set(next, steps.get(next).started(now));
        }
        return List.copyOf(steps);
    }

    private boolean isDoneAs(String other) {
        return done() && name.equals(other);
    }
}
