package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Transition;
import java.time.Instant;
import java.util.Optional;

/**
 * Where requests are kept. A request whose {@code expiresAt} is over is gone, whether or not its
 * item has been deleted yet: no read finds it, and its id can be submitted again. Every call is one
 * round trip to the database (a list may take several), blocks for it, and throws {@link
 * StoreException} where the database did not answer. Thread-safe.
 */
public interface RequestStore {

    /**
     * Stores a new request at {@code now}, in one conditional write.
     *
     * @param input JSON text
     */
    Submission submit(RequestKey key, String type, String input, Instant now);

    /** Carries out {@code transition} on the request, in one conditional write. */
    Outcome apply(RequestKey key, Transition transition);

    /** The request, read consistently. */
    Optional<Request> find(RequestKey key);

    /** An owner's requests, read consistently: one that was just submitted is in it. */
    RequestPage list(ListQuery query);
}
