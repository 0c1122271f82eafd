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
 * @param error why the last run failed; null unless it did
 */
public record StepState(
        String name,
        StepStatus status,
        String statusText,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String output,
        @Nullable RequestError error) {

    /** The maximum size of one step's output in bytes of UTF-8. */
    public static final int MAX_OUTPUT_BYTES = 8 * 1024;

    /** Creates a step with a status that this release knows. */
    public StepState(
            String name,
            StepStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String output,
            @Nullable RequestError error) {
        this(name, status, status.name(), startedAt, endedAt, output, error);
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

    /** Returns this step, failed at {@code now}. */
    public StepState failed(RequestError why, Instant now) {
        return new StepState(name, StepStatus.FAILED, startedAt, now, null, why);
    }

    /** Returns whether the step's output is committed. */
    public boolean done() {
        return status == StepStatus.SUCCEEDED;
    }

    /**
     * Returns the steps of a type, with the finished ones of {@code stored}. Outputs are kept from
     * the first step on for as long as the names match. So if a deployment changed the steps of the
     * type, the output of one step is never used as that of another.
     *
     * @param names the names of the type's steps
     */
    public static List<StepState> ofType(List<String> names, List<StepState> stored) {
        var steps = new ArrayList<StepState>(names.size());
        boolean kept = true;
        for (int i = 0; i < names.size(); i++) {
            kept = kept && i < stored.size() && stored.get(i).isDoneAs(names.get(i));
            steps.add(kept ? stored.get(i) : pending(names.get(i)));
        }
        return List.copyOf(steps);
    }

    /**
     * Returns whether a request with the steps {@code stored} can continue with a type that has the
     * steps {@code names}: its finished steps are the first ones of the type.
     */
    public static boolean canContinue(List<String> names, List<StepState> stored) {
        List<String> finished =
                stored.stream().filter(StepState::done).map(StepState::name).toList();
        return finished.size() <= names.size()
                && finished.equals(names.subList(0, finished.size()));
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
