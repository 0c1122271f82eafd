package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param requests in descending order of ids
 * @param next the id {@linkplain ListQuery#before before} which the next page starts; empty on the
 *     last page. A page may be short, or even empty, and still have a next page.
 */
public record RequestPage(List<Request> requests, Optional<String> next) {

    public RequestPage {
        requests = List.copyOf(requests);
    }
}
