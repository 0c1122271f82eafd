package dev.statuswire.api.limit;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sheds load when quick requests arrive faster than workers claim them.
 *
 * <p>To detect overload, one accepted quick request is watched until a worker claims it, and so is
 * a second one that arrived at least a quarter of a second later. Once {@value #MIN_ARRIVALS}
 * requests have arrived after the first, both are read from the database. The system is overloaded
 * if the first was seen unclaimed more than half a second after it was accepted and the second is
 * unclaimed too. (If the second is claimed, the first is an outlier.) When the first is claimed,
 * the second takes its place.
 *
 * <p>While the system is overloaded, an owner is refused if it has used up its fair share. Requests
 * that were accepted after the watched one are counted by owner, quick and slow ones alike. The
 * fair share is their total divided by the number of owners that have any. An owner is refused if
 * its own number is at least that share and more than {@value #ALWAYS_ADMITTED}. So an owner who
 * floods the system is refused and owners with less than the average are not. If one owner is
 * alone, it is refused as soon as overload is detected. If many owners flood it together, those at
 * or above the average are refused. At most {@value #MAX_OWNERS} owners are counted; beyond that
 * the least recently seen owner is dropped and starts at zero.
 *
 * <p>This does not detect outages. If no request was seen claimed for 10 seconds, nothing is
 * refused: accepted requests are safe, and are processed once workers are back. Then only {@link
 * UnfinishedRequestLimit} limits them. Slow requests are not watched, because they wait for a free
 * worker even without overload.
 *
 * <p>The database is read in the background, at most ten times a second, and only while requests
 * arrive. Thread-safe, never blocks.
 */
public final class LoadShedding {

    private static final Logger LOG = LoggerFactory.getLogger(LoadShedding.class);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration BETWEEN_WATCHED = Duration.ofMillis(250);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_READS = Duration.ofMillis(100);

    /** How long an observation is valid: the first request after a lull must not be refused. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int MIN_ARRIVALS = 50;

    /** An owner with no more requests than this is admitted, however small the fair share is. */
    private static final int ALWAYS_ADMITTED = 5;

    private static final int MAX_OWNERS = 10_000;

    private final RequestStore store;
    private final Predicate<String> isQuick;
    private final InstantSource steady;
    private final Executor background;
    private @Nullable Watched watched;

    /** When a request was last seen claimed; initially long ago. */
    private Instant lastSeenClaimedAt = Instant.MIN;

    /**
     * Creates an instance that has seen no requests.
     *
     * @param isQuick whether requests of a type are claimed at once unless the system is overloaded
     * @param steady measures how long requests wait
     * @param background runs the database reads, which block
     */
    public LoadShedding(
            RequestStore store,
            Predicate<String> isQuick,
            InstantSource steady,
            Executor background) {
        this.store = store;
        this.isQuick = isQuick;
        this.steady = steady;
        this.background = background;
    }

    /** Returns the problem for an owner who is refused. */
    static ProblemException overloaded() {
        return new ProblemException(
                ProblemKind.TOO_MANY_UNFINISHED
                        .with("Overloaded; nothing was stored. Retry in 1 s.")
                        .withHeader("Retry-After", "1"));
    }

    /** Returns whether the system is overloaded and {@code owner} has used up its fair share. */
    public synchronized boolean isTooLong(String owner) {
        Watched current = watched;
        if (current == null || current.arrivals.total < MIN_ARRIVALS) {
            return false;
        }
        Instant now = steady.instant();
        if (!now.isBefore(current.readAt)) {
            current.readAt = now.plus(BETWEEN_READS);
            background.execute(() -> readWatched(current));
        }
        return current.arrivals.isShareUsedUp(owner)
                && current.second != null
                && now.isBefore(current.seenAt.plus(FRESH))
                && current.seenAt.isAfter(current.since.plus(LONGEST_WAIT))
                && now.isBefore(lastSeenClaimedAt.plus(OUTAGE));
    }

    /** Counts {@code request}, which was accepted by this process just now. */
    public synchronized void accepted(Request request) {
        String owner = request.key().owner();
        Watched current = watched;
        if (current != null) {
            current.arrivals.add(owner);
            if (current.second != null) {
                current.second.arrivals.add(owner);
            }
        }
        if (request.status() == Status.ACCEPTED && isQuick.test(request.type())) {
            watch(current, request.key());
        }
    }

    private void watch(@Nullable Watched current, RequestKey key) {
        Instant now = steady.instant();
        if (current == null) {
            watched = new Watched(key, now);
        } else if (current.second == null && !now.isBefore(current.since.plus(BETWEEN_WATCHED))) {
            current.second = new Watched(key, now);
        }
    }

    private void readWatched(Watched current) {
        Instant now = steady.instant();
        Watched second = secondOf(current);
        try {
            if (!isWaiting(second.key)) {
                foundClaimed(current, null, now);
            } else if (isWaiting(current.key)) {
                foundWaiting(current, now);
            } else {
                foundClaimed(current, second, now);
            }
        } catch (StoreException failed) {
            LOG.warn("could not measure the backlog; will retry", failed);
        }
    }

    /** Returns the second watched request, or the first one while there is no second one. */
    private synchronized Watched secondOf(Watched current) {
        return current.second == null ? current : current.second;
    }

    private boolean isWaiting(RequestKey key) {
        return store.find(key).filter(found -> found.status() == Status.ACCEPTED).isPresent();
    }

    private synchronized void foundWaiting(Watched current, Instant now) {
        current.seenAt = now;
    }

    /**
     * Records that a watched request was seen claimed. Afterwards {@code next} is watched; it keeps
     * its own counts and the time since which it has been waiting.
     */
    private synchronized void foundClaimed(Watched current, @Nullable Watched next, Instant now) {
        lastSeenClaimedAt = now;
        if (watched == current) {
            watched = next;
        }
    }

    /** An accepted request that is watched. Guarded by the {@link LoadShedding}. */
    private static final class Watched {
        private final RequestKey key;
        private final Instant since;
        private final Arrivals arrivals = new Arrivals();
        private Instant readAt;
        private Instant seenAt;
        private @Nullable Watched second;

        Watched(RequestKey key, Instant since) {
            this.key = key;
            this.since = since;
            this.readAt = since;
            this.seenAt = since;
        }
    }

    /**
     * How many requests were accepted after a watched one, by owner. Guarded by the {@link
     * LoadShedding}.
     */
    private static final class Arrivals {
        private int total;

        /** Least recently seen owner first. */
        private final Map<String, Integer> byOwner =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                        boolean isOver = size() > MAX_OWNERS;
                        total -= isOver ? eldest.getValue() : 0;
                        return isOver;
                    }
                };

        void add(String owner) {
            total++;
            byOwner.merge(owner, 1, Integer::sum);
        }

        boolean isShareUsedUp(String owner) {
            long own = byOwner.getOrDefault(owner, 0);
            return own > ALWAYS_ADMITTED && own * byOwner.size() >= total;
        }
    }
}
