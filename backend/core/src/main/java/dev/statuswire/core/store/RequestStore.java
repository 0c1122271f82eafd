package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
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
     * Stores a new request at {@code now}, in one conditional write, unless there is one of {@code
     * key} already.
     *
     * <p>With an idempotency key, one transaction stores the request and the key, or neither if the
     * owner has used the key before. The key is forgotten after the retention, and together with
     * its request.
     *
     * @param key with an idempotency key, its id was never used before
     */
    SubmitOutcome submit(RequestKey key, Submission submission, Instant now);

    /**
     * The request that {@link #submit} would find: the one that the idempotency key stands for if
     * there is such a key, else the one of {@code key}. Read consistently.
     */
    Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now);

    /** Carries out {@code transition} on the request, in one conditional write. */
    WriteOutcome apply(RequestKey key, Transition transition);

    /** The request, read consistently. */
    Optional<Request> find(RequestKey key);

    /** An owner's requests, read consistently: one that was just submitted is in it. */
    RequestPage list(ListQuery query);
}
