package dev.statuswire.core.store;

import dev.statuswire.core.request.RequestKey;
import java.time.Instant;

/**
 * An entry of the index of unfinished requests.
 *
 * @param dueAt when the request is due, according to the index
 */
public record DueRequest(RequestKey key, Instant dueAt) {

    /** Returns whether the request is due at {@code now}. */
    public boolean isDue(Instant now) {
        return !dueAt.isAfter(now);
    }
}
