package dev.statuswire.core.store;

import dev.statuswire.core.request.Status;
import java.util.Optional;
import java.util.Set;

/**
 * Selects requests of an owner, in descending order of ids.
 *
 * @param statuses only requests with one of these statuses; empty for all
 * @param types only requests of these types; empty for all
 * @param tags only requests with one of these tags; empty for all
 * @param limit the maximum number of requests, 1 to {@value #MAX_LIMIT}
 * @param before only ids before this one, compared by their bytes; empty to start with the highest
 *     id
 */
public record ListQuery(
        String owner,
        Set<Status> statuses,
        Set<String> types,
        Set<String> tags,
        int limit,
        Optional<String> before) {

    /** The maximum number of requests on one page. */
    public static final int MAX_LIMIT = 100;

    public ListQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
        }
        statuses = Set.copyOf(statuses);
        types = Set.copyOf(types);
        tags = Set.copyOf(tags);
    }
}
