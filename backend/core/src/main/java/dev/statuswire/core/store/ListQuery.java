package dev.statuswire.core.store;

import dev.statuswire.core.request.Status;
import java.util.Optional;
import java.util.Set;

/**
 * Which of an owner's requests to list, newest id first.
 *
 * @param statuses only these; empty for all
 * @param types only these; empty for all
 * @param limit at most so many, 1 to {@value #MAX_LIMIT}
 * @param before only ids before this one, in the order of their bytes; empty to begin at the newest
 */
public record ListQuery(
        String owner, Set<Status> statuses, Set<String> types, int limit, Optional<String> before) {

    /** The most that one page may hold. */
    public static final int MAX_LIMIT = 100;

    public ListQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is not in 1.." + MAX_LIMIT + ": " + limit);
        }
        statuses = Set.copyOf(statuses);
        types = Set.copyOf(types);
    }
}
