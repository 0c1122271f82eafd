package dev.statuswire.core.request;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it stood at one version. Immutable; a newer one is read or returned by a write.
 *
 * @param life random, unique: the request's identity beyond its id, which can be used again once it
 *     has expired; null for a request of a release without lives, and for an item that another
 *     program wrote until it is first claimed
 * @param format the version of the item's format, 1 or more
 * @param type the name of its request type
 * @param input JSON text, at most {@value #MAX_INPUT_BYTES} bytes of UTF-8
 * @param statusText the status as stored, which may be one that this release does not know
 * @param version 1, 2, 3 …: one up with every write
 * @param fence one up with every claim, hand-back, sweep, cancel and retry
 * @param attempt how often it was claimed, or finished without a claim, since it was accepted or
 *     retried, 0 to {@value #MAX_ATTEMPTS}
 * @param failures how often a step failed in a passing way since then
 * @param steps in order; empty until the first claim
 * @param result JSON text; null unless it succeeded
 * @param error null unless its last try failed
 * @param createdAt null until the first claim where somebody wrote the item without it
 * @param updatedAt null where somebody wrote the item without it
 * @param dueAt when somebody must look at it again; null once it is finished
 * @param expiresAt when the table forgets it; null until it is finished
 * @param typeUnknownSince when a worker first found that it does not know the type; null once the
 *     request was claimed
 */
public record Request(
        RequestKey key,
        @Nullable String life,
        int format,
        String type,
        String input,
        Status status,
        String statusText,
        long version,
        long fence,
        int attempt,
        int failures,
        List<StepState> steps,
        @Nullable Progress progress,
        @Nullable String result,
        @Nullable RequestError error,
        boolean cancelRequested,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant dueAt,
        @Nullable Instant expiresAt,
        @Nullable Instant typeUnknownSince) {

    /** The newest item format that this release understands. */
    public static final int FORMAT = 2;

    /** The most that an input may take, in bytes of UTF-8. */
    public static final int MAX_INPUT_BYTES = 64 * 1024;

    /**
     * How many bytes a body that submits a request may have as it is received: the largest input
     * with each character escaped, and as much again for white space.
     */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    /** How often a request is claimed before it is given up. */
    public static final int MAX_ATTEMPTS = 10;

    public Request {
        steps = List.copyOf(steps);
    }

    /**
     * Whether this release knows everything in it: a newer release may have written a format, a
     * status or a step that it does not. What it does not know, it shows and leaves alone.
     */
    public boolean isUnderstood() {
        return format <= FORMAT
                && status != Status.UNKNOWN
                && steps.stream().allMatch(step -> step.status() != StepStatus.UNKNOWN);
    }

    /** Whether a user may cancel it: it is unfinished, not being cancelled, and understood. */
    public boolean isCancellable() {
        return isUnderstood() && status.unfinished() && !cancelRequested;
    }

    /** Whether a user may retry it: it failed or was cancelled, and is understood. */
    public boolean isRetryable() {
        return isUnderstood() && (status == Status.FAILED || status == Status.CANCELLED);
    }

    /**
     * How long its offer to workers may wait, if it is offered and that is known. Empty for a
     * request that waits for a worker of another release, which is offered at a steady pace.
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
     * What an effect of {@code step} is to be remembered by outside, so that it is made once:
     * {@code owner/id/life/step}, each part with {@code /} and {@code %} escaped. A request without
     * a life keeps the key of the release that started it, {@code owner/id/step}.
     */
    public String effectKey(String step) {
        return life == null
                ? key.owner() + "/" + key.id() + "/" + step
                : String.join(
                        "/", escaped(key.owner()), escaped(key.id()), escaped(life), escaped(step));
    }

    /**
     * This request as a worker sees it that has begun its first attempt without a claim. Nothing
     * was written, so status, version and fence are as they were.
     *
     * @param begun its steps, the first one under way
     */
    public Request begunUnclaimed(List<StepState> begun) {
        return new Request(
                key,
                life,
                format,
                type,
                input,
                status,
                statusText,
                version,
                fence,
                attempt + 1,
                failures,
                begun,
                progress,
                result,
                error,
                cancelRequested,
                createdAt,
                updatedAt,
                dueAt,
                expiresAt,
                typeUnknownSince);
    }

    private static String escaped(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }

    /** The index of the first step whose output is not committed; their number if there is none. */
    public int nextStep() {
        int next = 0;
        while (next < steps.size() && steps.get(next).done()) {
            next++;
        }
        return next;
    }
}
