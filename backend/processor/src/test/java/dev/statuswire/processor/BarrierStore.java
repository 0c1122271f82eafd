package dev.statuswire.processor;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.testing.ForwardingStore;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store whose first reads wait for each other, until a given number of them are in progress. */
final class BarrierStore extends ForwardingStore {

    private static final Logger LOG = LoggerFactory.getLogger(BarrierStore.class);

    private final CountDownLatch first;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    BarrierStore(RequestStore store, int readers) {
        super(store);
        this.first = new CountDownLatch(readers);
    }

    /** Returns the highest number of concurrent reads. */
    int mostAtOnce() {
        return most.get();
    }

    @Override
    public Optional<Request> find(RequestKey key) {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        first.countDown();
        try {
            if (!first.await(10, TimeUnit.SECONDS)) {
                LOG.warn("fewer concurrent reads than expected; reading anyway");
            }
            return super.find(key);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            atOnce.decrementAndGet();
        }
    }
}
