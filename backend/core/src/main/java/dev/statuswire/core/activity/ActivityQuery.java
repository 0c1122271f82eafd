package dev.statuswire.core.activity;

import java.util.Optional;

/**
 * Which changes of a user to read, the first change first.
 *
 * @param owner only what this owner may see
 * @param limit at most so many, 1 to {@value #MAX_LIMIT}
 * @param after only what follows this {@linkplain ActivityEntry#sequence sequence}; empty to begin
 *     with the first change
 */
public record ActivityQuery(String owner, int limit, Optional<String> after) {

    /** The most that one page may hold. */
    public static final int MAX_LIMIT = 100;

    public ActivityQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is not in 1.." + MAX_LIMIT + ": " + limit);
        }
    }
}
