package dev.statuswire.api.requests;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.Submission;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes to the store, each at the present time and each one call to the database. They block and
 * throw {@link StoreException}. Thread-safe.
 */
public final class RequestWrites {

    private final RequestStore store;
    private final Transitions transitions;
    private final InstantSource clock;

    public RequestWrites(RequestStore store, Transitions transitions, InstantSource clock) {
        this.store = store;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Stores a new request. */
    public Submission submit(RequestKey key, String type, String input) {
        return store.submit(key, type, input, clock.instant());
    }

    /** Stores a new request, unless its owner has used {@code idempotencyKey} already. */
    public Submission submitOnce(RequestKey key, String idempotencyKey, String type, String input) {
        return store.submitOnce(key, idempotencyKey, type, input, clock.instant());
    }

    /** The request that {@code owner} submitted with {@code idempotencyKey}. */
    public Optional<Request> findSubmitted(String owner, String idempotencyKey) {
        return store.findSubmitted(owner, idempotencyKey, clock.instant());
    }

    /**
     * Carries out a transition.
     *
     * @param seen the request as it was read last
     * @param change such as {@code Transitions::retry}
     */
    public Outcome apply(Request seen, Change change) {
        return store.apply(seen.key(), change.of(transitions, seen, clock.instant()));
    }

    /** One of the table of transitions. */
    @FunctionalInterface
    public interface Change {

        /** What becomes of {@code seen} at {@code now}. */
        Transition of(Transitions transitions, Request seen, Instant now);
    }
}
