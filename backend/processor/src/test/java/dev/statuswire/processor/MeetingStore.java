package dev.statuswire.processor;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.Submission;
import dev.statuswire.core.transition.Transition;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store whose first reads wait until so many are under way. */
final class MeetingStore implements RequestStore {

    private static final Logger LOG = LoggerFactory.getLogger(MeetingStore.class);

    private final RequestStore store;
    private final CountDownLatch first;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    MeetingStore(RequestStore store, int readers) {
        this.store = store;
        this.first = new CountDownLatch(readers);
    }

    /** How many reads were under way at once, at most. */
    int mostAtOnce() {
        return most.get();
    }

    @Override
    public Optional<Request> find(RequestKey key) {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        first.countDown();
        try {
            if (!first.await(10, TimeUnit.SECONDS)) {
                LOG.warn("fewer reads are under way at once");
            }
            return store.find(key);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    @Override
    public Outcome apply(RequestKey key, Transition transition) {
        return store.apply(key, transition);
    }

    @Override
    public Submission submit(RequestKey key, String type, String input, Instant now) {
        return store.submit(key, type, input, now);
    }

    @Override
    public Submission submitOnce(
            RequestKey key, String idempotencyKey, String type, String input, Instant now) {
        return store.submitOnce(key, idempotencyKey, type, input, now);
    }

    @Override
    public Optional<Request> findSubmitted(String owner, String idempotencyKey, Instant now) {
        return store.findSubmitted(owner, idempotencyKey, now);
    }

    @Override
    public RequestPage list(ListQuery query) {
        return store.list(query);
    }
}
