package dev.statuswire.core.request;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it stood at one version. Immutable; a newer one is read or returned by a write.
 *
 * @param type the name of its request type
 * @param input JSON text, at most {@value #MAX_INPUT_BYTES} bytes of UTF-8
 * @param version 1, 2, 3 …: one up with every write
 * @param fence one up with every claim, cancel and retry
 * @param attempt how often it was claimed since it was accepted or retried, 0 to {@value
 *     #MAX_ATTEMPTS}
 * @param failures how often a step failed in a passing way since then
 * @param steps in order; empty until the first claim
 * @param result JSON text; null unless it succeeded
 * @param error null unless its last try failed
 * @param createdAt null until the first claim where somebody wrote the item without it
 * @param updatedAt null where somebody wrote the item without it
 * @param dueAt when somebody must look at it again; null once it is finished
 * @param expiresAt when the table forgets it; null until it is finished
 */
public record Request(
        RequestKey key,
        String type,
        String input,
        Status status,
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
        @Nullable Instant expiresAt) {

    /** The most that an input may take, in bytes of UTF-8. */
    public static final int MAX_INPUT_BYTES = 64 * 1024;

    /** How often a request is claimed before it is given up. */
    public static final int MAX_ATTEMPTS = 10;

    public Request {
        steps = List.copyOf(steps);
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
