package dev.statuswire.core.request;

import org.jspecify.annotations.Nullable;

/**
 * Says that the finished steps of a request are undone, the last one first, and how the request
 * ends then.
 *
 * @param outcome {@link Status#FAILED} or {@link Status#CANCELLED}
 * @param error why the request fails; null if it was cancelled
 */
public record Undoing(Status outcome, @Nullable RequestError error) {

    public Undoing {
        if (outcome != Status.FAILED && outcome != Status.CANCELLED) {
            throw new IllegalArgumentException("an undone request cannot be " + outcome);
        }
    }
}
