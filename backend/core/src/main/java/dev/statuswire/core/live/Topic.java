package dev.statuswire.core.live;

import dev.statuswire.core.request.RequestKey;
import java.util.Optional;
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

    /**
     * Returns the topic that is stored or passed on as these three texts: the first one alone, or
     * the other two. Releases without links know only the first one, so they refuse the other two.
     *
     * @param owner the owner of the requests
     * @param linkOwner the owner of the only request
     * @param linkRequest the id of the only request
     * @return empty if neither is complete
     */
    public static Optional<Topic> of(
            Optional<String> owner, Optional<String> linkOwner, Optional<String> linkRequest) {
        return owner.map(Topic::ofOwner)
                .or(
                        () ->
                                linkOwner.flatMap(
                                        of -> linkRequest.map(request -> new Topic(of, request))));
    }

    /** Returns the topic of those who watch one request by a link. */
    public static Topic ofRequest(RequestKey request) {
        return new Topic(request.owner(), request.id());
    }
}
