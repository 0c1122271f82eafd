package dev.statuswire.core.link;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A link as stored, without its secret.
 *
 * @param id the hash of the secret; see {@link LinkSecret#linkId}
 * @param request the request that the link gives access to
 * @param life the life of this request; null if it has none
 */
public record Link(
        String id,
        RequestKey request,
        @Nullable String life,
        LinkOptions options,
        Instant createdAt) {

    /**
     * Returns whether the link gives access to {@code found}. The id of a request can be used again
     * after the request was deleted or has expired; the link does not give access to the next one.
     */
    public boolean gives(Request found) {
        return request.equals(found.key()) && Objects.equals(life, found.life());
    }

    /** Returns whether the link has expired at {@code now}. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(options.expiresAt());
    }
}
