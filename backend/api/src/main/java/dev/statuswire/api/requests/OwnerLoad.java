package dev.statuswire.api.requests;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * About how many unfinished requests each owner has: those counted last, and those submitted here
 * since. Asking costs no call to the database. Only where the estimate is above half the limit is
 * the owner counted anew, in the background and at most once a second.
 *
 * <p>It is a fence against floods, not a quota. What other processes accepted is known after the
 * next count only, the index that is counted is a little late, and a process that has just started,
 * or has forgotten an owner among more than {@value #MAX_OWNERS}, begins at zero: so an owner may
 * get past the limit by about half of it for each process. Thread-safe, never blocks.
 */
public final class OwnerLoad {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerLoad.class);

    private static final int MAX_OWNERS = 10_000;
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

    private final DueIndex index;
    private final int limit;
    private final InstantSource clock;
    private final Executor background;

    /** The owner seen the longest ago first. Guarded by itself. */
    private final Map<String, Load> loads =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Load> eldest) {
                    return size() > MAX_OWNERS;
                }
            };

    /**
     * @param limit the most that an owner may have, at least 1
     * @param background where owners are counted, which blocks
     */
    public OwnerLoad(DueIndex index, int limit, InstantSource clock, Executor background) {
        this.index = index;
        this.limit = limit;
        this.clock = clock;
        this.background = background;
    }

    /** Whether {@code owner} may have one more. */
    public boolean admits(String owner) {
        Load load;
        boolean admitted;
        synchronized (loads) {
            load = loads.computeIfAbsent(owner, unknown -> new Load());
            admitted = load.estimate() < limit;
            if (load.estimate() <= limit / 2 || load.isRecent(clock.instant())) {
                return admitted;
            }
            load.countedAt = clock.instant();
        }
        background.execute(() -> count(owner, load));
        return admitted;
    }

    /** What to answer to an owner who may not. */
    public static ProblemException tooMany() {
        return new ProblemException(
                ProblemKind.TOO_MANY_UNFINISHED
                        .with("Let some of them finish, or cancel them.")
                        .withHeader("Retry-After", "5"));
    }

    /** {@code owner} has one more. */
    public void add(String owner) {
        synchronized (loads) {
            loads.computeIfAbsent(owner, unknown -> new Load()).since++;
        }
    }

    private void count(String owner, Load load) {
        long before;
        synchronized (loads) {
            before = load.since;
        }
        try {
            long counted = index.unfinishedOf(owner);
            synchronized (loads) {
                load.counted = counted;
                load.since -= before;
            }
        } catch (StoreException failed) {
            LOG.warn("an owner's load stays an estimate until it is counted again", failed);
        }
    }

    /** Guarded by {@link #loads}. */
    private static final class Load {
        private long counted;
        private long since;
        private Instant countedAt = Instant.EPOCH;

        long estimate() {
            return counted + since;
        }

        boolean isRecent(Instant now) {
            return now.isBefore(countedAt.plus(BETWEEN_COUNTS));
        }
    }
}
