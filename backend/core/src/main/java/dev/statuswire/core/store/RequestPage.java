package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param requests newest id first
 * @param next the id to go on {@linkplain ListQuery#before before}; empty after the last page. A
 *     page may be short, even empty, and still have a next one.
 */
public record RequestPage(List<Request> requests, Optional<String> next) {

    public RequestPage {
        requests = List.copyOf(requests);
    }
}
