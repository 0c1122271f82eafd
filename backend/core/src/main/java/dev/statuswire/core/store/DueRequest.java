package dev.statuswire.core.store;

import dev.statuswire.core.request.RequestKey;
import java.time.Instant;

/**
 * A request that somebody must look at.
 *
 * @param dueAt since when, as the index has it
 */
public record DueRequest(RequestKey key, Instant dueAt) {

    /** Whether it is due at {@code now}. */
    public boolean isDue(Instant now) {
        return !dueAt.isAfter(now);
    }
}
