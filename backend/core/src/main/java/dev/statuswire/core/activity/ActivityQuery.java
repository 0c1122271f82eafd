package dev.statuswire.core.activity;

import java.util.Optional;

/**
 * Selects changes to a user, oldest first.
 *
 * @param owner only changes that this owner may see
 * @param limit the maximum number of changes, 1 to {@value #MAX_LIMIT}
 * @param after only changes after this {@linkplain ActivityEntry#sequence sequence}; empty to start
 *     with the oldest change
 */
public record ActivityQuery(String owner, int limit, Optional<String> after) {

    /** The maximum number of changes on one page. */
    public static final int MAX_LIMIT = 100;

    public ActivityQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
        }
    }
}
