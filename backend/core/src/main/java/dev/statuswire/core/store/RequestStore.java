package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Transition;
import java.time.Instant;
import java.util.Optional;

/**
 * Where requests are kept. A request whose {@code expiresAt} is over is gone, whether or not its
 * item has been deleted yet: no read finds it, and its id can be submitted again. Every call is one
 * round trip to the database (a list, and what is about an idempotency key, may take several),
 * blocks for it, and throws {@link StoreException} where the database did not answer. Thread-safe.
 */
public interface RequestStore {

    /**
     * Stores a new request at {@code now}, in one conditional write.
     *
     * @param input JSON text
     */
    Submission submit(RequestKey key, String type, String input, Instant now);

    /**
     * Stores a new request at {@code now}, unless the owner has submitted one with {@code
     * idempotencyKey}: one transaction stores the request and the key, or neither. The key is
     * forgotten after the retention, and together with its request.
     *
     * @param key the request's key if it is new; its id was never used before
     * @param idempotencyKey a hash of what the client sent, without {@code #}
     * @param input JSON text
     */
    Submission submitOnce(
            RequestKey key, String idempotencyKey, String type, String input, Instant now);

    /** The request that {@code owner} submitted with {@code idempotencyKey}, read consistently. */
    Optional<Request> findSubmitted(String owner, String idempotencyKey, Instant now);

    /** Carries out {@code transition} on the request, in one conditional write. */
    Outcome apply(RequestKey key, Transition transition);

    /** The request, read consistently. */
    Optional<Request> find(RequestKey key);

    /** An owner's requests, read consistently: one that was just submitted is in it. */
    RequestPage list(ListQuery query);
}
