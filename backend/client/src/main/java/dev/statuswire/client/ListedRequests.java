package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list, newest first. A page can be short or even empty and still have a next page.
 *
 * @param requests the requests
 * @param next the cursor of the next page; null on the last page
 */
public record ListedRequests(List<StatusDocument> requests, @Nullable String next) {

    /** Copies the list. */
    public ListedRequests {
        requests = List.copyOf(requests);
    }

    /**
     * @throws IllegalArgumentException if the JSON is not a page
     */
    static ListedRequests of(JsonNode json) {
        if (!json.path("requests").isArray()) {
            throw new IllegalArgumentException("the JSON is not a page of requests");
        }
        List<StatusDocument> requests = new ArrayList<>();
        json.get("requests").forEach(one -> requests.add(StatusDocument.of(one)));
        return new ListedRequests(requests, StatusDocument.textOf(json.path("next")));
    }
}
