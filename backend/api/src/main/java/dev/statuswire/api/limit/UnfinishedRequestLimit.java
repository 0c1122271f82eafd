package dev.statuswire.api.limit;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates how many unfinished requests each owner has: the result of the last count, plus the
 * requests that this process has added since that count started. An estimate costs no call to the
 * database. The owner is counted again, in the background, if the estimate is above half the limit
 * or this process has added {@value #ADDED_BETWEEN_COUNTS} requests since the last count. At most
 * one count of an owner runs at a time, and at most one starts each second.
 *
 * <p>A request that is added while a count runs may or may not be in the result, so it stays in the
 * estimate until the next count. The estimate is never negative.
 *
 * <p>This protects against floods; it is not a quota. What other processes accept is only known
 * after the next count, the index that is counted lags slightly, and if the limit is large, only a
 * sample of it is counted. A process that has just started, or has dropped an owner because it
 * tracks at most {@value #MAX_OWNERS}, starts at zero. So an owner may exceed the limit by about
 * {@value #ADDED_BETWEEN_COUNTS} for each process, and by what a process accepts in a second.
 * Thread-safe, never blocks.
 */
public final class UnfinishedRequestLimit {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRequestLimit.class);

    private static final int MAX_OWNERS = 10_000;

    /** On AWS, many processes accept an owner's requests, and each of them sees only a few. */
    private static final int ADDED_BETWEEN_COUNTS = 100;

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

    private final DueIndex index;
    private final int limit;
    private final InstantSource steady;
    private final Executor background;

    /** Least recently seen owner first. Guarded by itself. */
    private final Map<String, Load> loads = new RecentOwners<>(MAX_OWNERS);

    /**
     * Creates estimates that start at zero.
     *
     * @param limit the most unfinished requests that an owner may have, at least 1
     * @param steady measures the time between counts
     * @param background runs the counts, which block
     */
    public UnfinishedRequestLimit(
            DueIndex index, int limit, InstantSource steady, Executor background) {
        this.index = index;
        this.limit = limit;
        this.steady = steady;
        this.background = background;
    }

    /** Returns whether {@code owner} may have one more unfinished request. */
    public boolean admits(String owner) {
        Load load;
        boolean admitted;
        synchronized (loads) {
            load = loads.computeIfAbsent(owner, unknown -> new Load());
            admitted = load.estimate() < limit;
            if (!isWorthACount(load) || !load.mayBeCounted(steady.instant())) {
                return admitted;
            }
            load.counting = true;
            load.countedAt = steady.instant();
        }
        countInBackground(owner, load);
        return admitted;
    }

    private boolean isWorthACount(Load load) {
        return load.estimate() > limit / 2 || load.sinceCount() >= ADDED_BETWEEN_COUNTS;
    }

    /** Returns the problem for an owner who has too many unfinished requests. */
    public static ProblemException tooMany() {
        return new ProblemException(
                ProblemKind.TOO_MANY_UNFINISHED
                        .with("Wait until some of your requests finish, or cancel some.")
                        .withHeader("Retry-After", "5"));
    }

    /** Adds one unfinished request of {@code owner}. */
    public void add(String owner) {
        synchronized (loads) {
            loads.computeIfAbsent(owner, unknown -> new Load()).added++;
        }
    }

    private void countInBackground(String owner, Load load) {
        try {
            background.execute(() -> count(owner, load));
        } catch (RejectedExecutionException stopping) {
            countEnded(load);
            throw stopping;
        }
    }

    private void count(String owner, Load load) {
        long addedBefore;
        synchronized (loads) {
            addedBefore = load.added;
        }
        try {
            long counted = index.unfinishedOf(owner, limit);
            synchronized (loads) {
                load.counted = counted;
                load.addedBefore = addedBefore;
            }
        } catch (StoreException failed) {
            LOG.warn("could not count an owner's requests; keeping the estimate", failed);
        } finally {
            countEnded(load);
        }
    }

    private void countEnded(Load load) {
        synchronized (loads) {
            load.counting = false;
        }
    }

    /** Guarded by {@link #loads}. */
    private static final class Load {
        /** The result of the last count. */
        private long counted;

        /** Requests added so far, and those added before the last count started. */
        private long added;

        private long addedBefore;

        private boolean counting;
        private Instant countedAt = Instant.MIN;

        long estimate() {
            return counted + sinceCount();
        }

        long sinceCount() {
            return added - addedBefore;
        }

        boolean mayBeCounted(Instant now) {
            return !counting && !now.isBefore(countedAt.plus(BETWEEN_COUNTS));
        }
    }
}
