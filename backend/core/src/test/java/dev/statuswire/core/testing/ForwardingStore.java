package dev.statuswire.core.testing;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.SubmitOutcome;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Transition;
import java.time.Instant;
import java.util.Optional;

/** Forwards every call to another store. Subclasses override the calls that they change. */
public abstract class ForwardingStore implements RequestStore {

    private final RequestStore store;

    /** Creates a store that forwards to {@code store}. */
    protected ForwardingStore(RequestStore store) {
        this.store = store;
    }

    @Override
    public SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
        return store.submit(key, submission, now);
    }

    @Override
    public Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now) {
        return store.findSubmitted(key, submission, now);
    }

    @Override
    public WriteOutcome apply(RequestKey key, Transition transition) {
        return store.apply(key, transition);
    }

    @Override
    public Optional<Request> delete(RequestKey key, Condition condition) {
        return store.delete(key, condition);
    }

    @Override
    public Optional<Request> find(RequestKey key) {
        return store.find(key);
    }

    @Override
    public RequestPage list(ListQuery query) {
        return store.list(query);
    }
}
