package dev.statuswire.core.live;

import dev.statuswire.core.request.RequestKey;
import org.jspecify.annotations.Nullable;

/**
 * Whose changes a connection receives.
 *
 * @param owner the owner of the requests
 * @param requestId the id of the only request, whose changes the connection learns of by a link;
 *     null for all requests of the owner
 */
public record Topic(String owner, @Nullable String requestId) {

    /** Returns the topic of all requests of an owner. */
    public static Topic ofOwner(String owner) {
        return new Topic(owner, null);
    }

    /** Returns the topic of those who watch one request by a link. */
    public static Topic ofRequest(RequestKey request) {
        return new Topic(request.owner(), request.id());
    }
}
