package dev.statuswire.client;

import dev.statuswire.client.StatusDocument.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters and the position of a page of the list. Immutable; each method returns a changed
 * copy.
 *
 * <pre>{@code
 * RequestQuery.all().status(Status.FAILED, Status.CANCELLED).type("place-order").tag("trip-42").limit(20)
 * }</pre>
 *
 * @param statuses only requests with these statuses; empty for all
 * @param types only requests of these types, at most 20; empty for all
 * @param tags only requests with at least one of these tags, at most 20; empty for all
 * @param limit the maximum number of requests in the page, 1 to 100
 * @param cursor the {@link ListedRequests#next} of the previous page; null for the first page
 */
public record RequestQuery(
        List<Status> statuses,
        List<String> types,
        List<String> tags,
        int limit,
        @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the limit is not from 1 to 100, the name of a type or a
     *     tag is invalid, or a status is {@link Status#UNKNOWN}
     */
    public RequestQuery {
        statuses = List.copyOf(statuses);
        types = List.copyOf(types);
        tags = List.copyOf(tags);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to 100, not " + limit);
        }
        if (statuses.contains(Status.UNKNOWN)) {
            throw new IllegalArgumentException("the server cannot filter by UNKNOWN");
        }
        types.forEach(HttpCalls::checkType);
        tags.forEach(HttpCalls::checkTag);
    }

    /** {@return the query for the first page of 50 requests, without a filter} */
    public static RequestQuery all() {
        return new RequestQuery(List.of(), List.of(), List.of(), DEFAULT_LIMIT, null);
    }

    /**
     * {@return this query for requests with one of these statuses; none means all}
     *
     * @param only the statuses
     */
    public RequestQuery status(Status... only) {
        return new RequestQuery(List.of(only), types, tags, limit, cursor);
    }

    /**
     * {@return this query for requests of one of these types; none means all}
     *
     * @param only the names of the types
     */
    public RequestQuery type(String... only) {
        return new RequestQuery(statuses, List.of(only), tags, limit, cursor);
    }

    /**
     * {@return this query for requests with at least one of these tags; none means all}
     *
     * @param only the tags
     */
    public RequestQuery tag(String... only) {
        return new RequestQuery(statuses, types, List.of(only), limit, cursor);
    }

    /**
     * {@return this query with at most this number of requests in the page, 1 to 100}
     *
     * @param most the maximum number of requests
     */
    public RequestQuery limit(int most) {
        return new RequestQuery(statuses, types, tags, most, cursor);
    }

    /**
     * {@return this query for the page with this cursor}
     *
     * @param next the {@link ListedRequests#next} of the previous page; null for the first page
     */
    public RequestQuery cursor(@Nullable String next) {
        return new RequestQuery(statuses, types, tags, limit, next);
    }
}
