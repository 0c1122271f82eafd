package dev.statuswire.core.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a request, as stored.
 *
 * @param name the step's name within its type
 * @param statusText the status as stored, which may be one that this release does not know
 * @param startedAt when its last run began; null before the first
 * @param endedAt when its last run ended; null while it runs
 * @param output JSON text, at most {@value #MAX_OUTPUT_BYTES} bytes of UTF-8; null until it has
 *     succeeded
 * @param error why its last run failed; null unless it did
 */
public record StepState(
        String name,
        StepStatus status,
        String statusText,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String output,
        @Nullable RequestError error) {

    /** The most that one step's output may take, in bytes of UTF-8. */
    public static final int MAX_OUTPUT_BYTES = 8 * 1024;

    /** A step in a status that this release knows. */
    public StepState(
            String name,
            StepStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String output,
            @Nullable RequestError error) {
        this(name, status, status.name(), startedAt, endedAt, output, error);
    }

    /** A step that has not begun. */
    public static StepState pending(String name) {
        return new StepState(name, StepStatus.PENDING, null, null, null, null);
    }

    /** This step, begun at {@code now}. */
    public StepState started(Instant now) {
        return new StepState(name, StepStatus.RUNNING, now, null, null, null);
    }

    /** This step, done at {@code now} with {@code json} as its output. */
    public StepState succeeded(String json, Instant now) {
        return new StepState(name, StepStatus.SUCCEEDED, startedAt, now, json, null);
    }

    /** This step, failed at {@code now}. */
    public StepState failed(RequestError why, Instant now) {
        return new StepState(name, StepStatus.FAILED, startedAt, now, null, why);
    }

    /** Whether its output is committed. */
    public boolean done() {
        return status == StepStatus.SUCCEEDED;
    }

    /**
     * The steps of a type, with what of {@code stored} is finished: outputs are kept from the front
     * for as long as the names agree, so that a type whose steps were changed between two
     * deployments never takes one step's output for another's.
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
     * The same, with the first step that is not done begun at {@code now}.
     *
     * @see #ofType
     */
    public static List<StepState> begun(List<String> names, List<StepState> stored, Instant now) {
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
