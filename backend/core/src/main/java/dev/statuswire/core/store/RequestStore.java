package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Transition;
import java.time.Instant;
import java.util.Optional;

/**
 * The store of requests. A request whose {@code expiresAt} has passed is treated as deleted,
 * whether or not its item still exists: no read finds it, and its id can be submitted again.
 *
 * <p>Every call blocks for one round trip to the database (or for several, if it lists requests or
 * uses an idempotency key), and throws {@link StoreException} if the database did not respond or
 * refused the call. Thread-safe.
 */
public interface RequestStore {

    /**
     * Stores a new request at {@code now}, in one conditional write, unless a request with {@code
     * key} exists.
     *
     * <p>With an idempotency key, one transaction stores the request and the key, or neither if the
     * owner has used the key before. The key expires after the retention, and is released when its
     * request is gone.
     *
     * @param key if the submission has an idempotency key, the id must never have been used before
     */
    SubmitOutcome submit(RequestKey key, Submission submission, Instant now);

    /**
     * Returns the request that {@link #submit} would find: the one that the idempotency key refers
     * to if the submission has a key, otherwise the one with {@code key}. Consistent read.
     */
    Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now);

    /** Executes {@code transition} on the request, in one conditional write. */
    WriteOutcome apply(RequestKey key, Transition transition);

    /**
     * Deletes the request if {@code condition} holds, such as {@link
     * dev.statuswire.core.transition.Transitions#deletable}.
     *
     * @return the request that was left, because the condition does not hold; empty if it is gone
     */
    Optional<Request> delete(RequestKey key, Condition condition);

    /** Returns the request; empty if there is none. Consistent read. */
    Optional<Request> find(RequestKey key);

    /**
     * Returns requests of an owner. Consistent read: a request that was just submitted is included.
     */
    RequestPage list(ListQuery query);
}
