package dev.statuswire.core.request;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request at one version. Immutable: reads and writes return the newer version as a new object.
 *
 * @param life a random, unique string that identifies the request beyond its id, because the id can
 *     be used again after the request has expired. Null for a request that was stored by a release
 *     without lives; null until the first claim for an item that another program wrote
 * @param format the version of the item's format, at least 1
 * @param type the name of the request type
 * @param input JSON text, at most {@value #MAX_INPUT_BYTES} bytes of UTF-8
 * @param options when to start the request, and its tags, as given at submission
 * @param statusText the status as stored; this release may not know it
 * @param version 1, 2, 3 …; increases by one with every write, except the one that sets {@code
 *     shared}
 * @param fence increases by one with every claim, hand-back, sweep and retry, and when a cancel, a
 *     refusal or giving up ends the request
 * @param attempt how often the request was claimed, or finished without a claim, since it was
 *     accepted or retried or its last step was committed: 0 to {@link #maxAttempts}
 * @param failures how often the current step failed transiently since then
 * @param steps in order; empty until the first claim
 * @param waitingFor what the request waits for; null unless it is WAITING
 * @param undoing how the request ends once its finished steps are undone; null unless they are
 *     being undone, or could not be
 * @param result JSON text; null unless the request succeeded
 * @param error why the last attempt failed; null unless it did
 * @param shared whether the request has, or has had, a link
 * @param createdAt null until the first claim if the program that wrote the item left it out
 * @param updatedAt null if the program that wrote the item left it out
 * @param dueAt when the request must be offered again; null once it is finished
 * @param expiresAt when the request expires; null until it is finished
 * @param typeUnknownSince since when the request has waited for a worker that knows its type; null
 *     once the request was claimed
 * @param history the changes of its status, oldest first, at most the last {@value
 *     HistoryEntry#MAX_ENTRIES}; those of a release without a history are missing
 */
public record Request(
        RequestKey key,
        @Nullable String life,
        int format,
        String type,
        String input,
        SubmissionOptions options,
        Status status,
        String statusText,
        long version,
        long fence,
        int attempt,
        int failures,
        List<StepState> steps,
        @Nullable Progress progress,
        @Nullable Wait waitingFor,
        @Nullable Undoing undoing,
        @Nullable String result,
        @Nullable RequestError error,
        boolean cancelRequested,
        boolean shared,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant dueAt,
        @Nullable Instant expiresAt,
        @Nullable Instant typeUnknownSince,
        List<HistoryEntry> history) {

    /** The newest item format that this release understands. */
    public static final int FORMAT = 2;

    /** The maximum size of an input in bytes of UTF-8. */
    public static final int MAX_INPUT_BYTES = 64 * 1024;

    /**
     * The maximum size, as received, of a body that submits a request: enough for the largest input
     * with each character escaped, plus the same amount of white space.
     */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    /**
     * How often a step may be tried without an outcome before its request is given up, because its
     * worker has crashed or was lost each time.
     */
    public static final int MAX_ATTEMPTS = 10;

    public Request {
        steps = List.copyOf(steps);
        history = List.copyOf(history);
    }

    /**
     * Returns whether this release understands the whole item. A newer release may have written a
     * format, a status or the status of a step that this release does not know. This release shows
     * such a request and leaves it unchanged.
     */
    public boolean isUnderstood() {
        return format <= FORMAT
                && status != Status.UNKNOWN
                && (status != Status.WAITING || isWaitUnderstood())
                && steps.stream().allMatch(step -> step.status() != StepStatus.UNKNOWN);
    }

    private boolean isWaitUnderstood() {
        int next = nextStep();
        return waitingFor != null
                && next < steps.size()
                && steps.get(next).name().equals(waitingFor.step());
    }

    /** Returns the step that waits for an answer; empty if none does, or it is not understood. */
    public Optional<String> stepToAnswer() {
        return Optional.ofNullable(waitingFor)
                .filter(wait -> isUnderstood() && status == Status.WAITING && wait.isForAnswer())
                .map(Wait::step);
    }

    /** Returns whether the request waits for an answer, and is understood. */
    public boolean isAnswerable() {
        return stepToAnswer().isPresent();
    }

    /**
     * Returns whether the request may no longer start at {@code now}, because it was not started in
     * the time that its user has set.
     */
    public boolean isTooLate(Instant now) {
        return (status == Status.SCHEDULED || status == Status.ACCEPTED)
                && steps.isEmpty()
                && options.isTooLate(now);
    }

    /**
     * Returns until when the request waits at the latest: its start time, the end of its backoff or
     * of its wait. Empty in every other status.
     */
    public Optional<Instant> waitsUntil() {
        return switch (status) {
            case SCHEDULED, RETRYING, WAITING -> Optional.ofNullable(dueAt);
            case ACCEPTED, RUNNING, SUCCEEDED, FAILED, CANCELLED, UNKNOWN -> Optional.empty();
        };
    }

    /**
     * Returns whether the user may cancel the request: it is unfinished, not already being
     * cancelled or undone, and understood.
     */
    public boolean isCancellable() {
        return isUnderstood() && status.unfinished() && !cancelRequested && undoing == null;
    }

    /**
     * Returns whether the user may retry the request: it failed or was cancelled, and is
     * understood.
     */
    public boolean isRetryable() {
        return isUnderstood() && (status == Status.FAILED || status == Status.CANCELLED);
    }

    /** Returns whether the user may delete the request: it is finished, and is understood. */
    public boolean isDeletable() {
        return isUnderstood() && status.finished();
    }

    /**
     * Returns how often the request may be claimed until its next step ends. Attempts that ended
     * with a failure do not count.
     */
    public int maxAttempts() {
        return MAX_ATTEMPTS + failures;
    }

    /**
     * Returns how long the current offer to the workers may wait. Empty if the request is not being
     * offered, if the times are unknown, and for a request that waits for a worker of another
     * release, which is offered at a constant interval.
     */
    public Optional<Duration> unclaimedFor() {
        return status == Status.ACCEPTED
                        && typeUnknownSince == null
                        && updatedAt != null
                        && dueAt != null
                ? Optional.of(Duration.between(updatedAt, dueAt))
                : Optional.empty();
    }

    /**
     * Returns the key under which the called service can deduplicate the side effect of {@code
     * step}: {@code owner/id/life/step}, each part with {@code /} and {@code %} escaped, after an
     * undo of the step with {@code /2} and so on at its end. A request without a life keeps the key
     * of the release that started it, {@code owner/id/step}.
     */
    public String effectKey(String step) {
        int inRun = runOf(step);
        return inRun == 1 ? effectKeyOfFirstRun(step) : effectKeyOfFirstRun(step) + "/" + inRun;
    }

    private int runOf(String step) {
        return steps.stream()
                .filter(state -> state.name().equals(step))
                .findFirst()
                .map(StepState::run)
                .orElse(1);
    }

    private String effectKeyOfFirstRun(String step) {
        return life == null
                ? key.owner() + "/" + key.id() + "/" + step
                : String.join(
                        "/", escaped(key.owner()), escaped(key.id()), escaped(life), escaped(step));
    }

    /**
     * Returns this request as seen by a worker that has started its first attempt without a claim.
     * Nothing was written, so status, version and fence are unchanged.
     *
     * @param started the request's steps, with the first one running
     */
    public Request startedUnclaimed(List<StepState> started) {
        return new Request(
                key,
                life,
                format,
                type,
                input,
                options,
                status,
                statusText,
                version,
                fence,
                attempt + 1,
                failures,
                started,
                progress,
                waitingFor,
                undoing,
                result,
                error,
                cancelRequested,
                shared,
                createdAt,
                updatedAt,
                dueAt,
                expiresAt,
                typeUnknownSince,
                history);
    }

    /** Returns the index of the step to undo next: the last one to undo; -1 if there is none. */
    public int nextToUndo() {
        int index = steps.size() - 1;
        while (index >= 0 && !steps.get(index).isToUndo()) {
            index--;
        }
        return index;
    }

    /** Returns whether a step is to be undone if the request fails or is cancelled now. */
    public boolean hasStepToUndo() {
        return nextToUndo() >= 0;
    }

    /** Returns the same, if the step that runs has proven to have no effect. */
    public boolean hasFinishedStepToUndo() {
        return steps.stream().anyMatch(step -> step.done() && step.isToUndo());
    }

    private static String escaped(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }

    /**
     * Returns the index of the first step whose output is not committed, or the number of steps if
     * all are.
     */
    public int nextStep() {
        return nextStepAfter(-1);
    }

    /**
     * Returns the index of the first step after {@code index} whose output is not committed, or the
     * number of steps if there is none.
     */
    public int nextStepAfter(int index) {
        int next = index + 1;
        while (next < steps.size() && steps.get(next).done()) {
            next++;
        }
        return next;
    }
}
