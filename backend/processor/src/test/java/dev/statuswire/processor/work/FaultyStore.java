package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.Submission;
import dev.statuswire.core.transition.Transition;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store that fails when it is told to, before or after it has done what it was asked. */
public final class FaultyStore implements RequestStore {

    /** When a write is answered with a failure. */
    public enum Fault {
        BEFORE,
        AFTER
    }

    private final RequestStore store;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    public FaultyStore(RequestStore store) {
        this.store = store;
    }

    /** The next transition of that name fails. */
    public void failNext(String transition, Fault fault) {
        faults.put(transition, fault);
    }

    @Override
    public Submission submit(RequestKey key, String type, String input, Instant now) {
        return store.submit(key, type, input, now);
    }

    @Override
    public Outcome apply(RequestKey key, Transition transition) {
        Fault fault = faults.remove(transition.name());
        if (fault == Fault.BEFORE) {
            throw failure(transition);
        }
        Outcome outcome = store.apply(key, transition);
        if (fault == Fault.AFTER) {
            throw failure(transition);
        }
        return outcome;
    }

    private static StoreException failure(Transition transition) {
        return new StoreException(transition.name(), new IOException("made to fail"));
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
