package dev.statuswire.api.requests;

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
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether more quick work comes in than is begun. Of those accepted here one is watched until it is
 * begun, and another one that came a quarter of a second later. Once {@value #PILE} more came, the
 * two are looked at: where the first was seen to wait for more than half a second, and the second
 * waits too, those that come now would wait as long, and had better come later. (Where the second
 * was begun, the first is only unlucky.) Once the first is begun the second takes its place. Where
 * work and API share a machine, what is taken in now would also slow down what was taken in before.
 *
 * <p>It is no judge of an outage. Where nothing was seen to be begun for 10 seconds, nobody is
 * helped by refusing: what is accepted is safe, and is done once somebody is back. Then only {@link
 * OwnerLoad} bounds it. Slow work waits for a place among the workers, which is no sign of
 * anything.
 *
 * <p>The look into the database is off the way of requests, at most ten times a second, and only
 * while some come in. Thread-safe, never blocks.
 */
public final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** How long what was seen holds: after a lull the first to come is not to be refused. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int PILE = 50;

    private final RequestStore store;
    private final Predicate<String> isQuick;
    private final InstantSource clock;
    private final Executor background;
    private @Nullable Watched watched;

    /** When one was last seen to have been begun; at first long ago. */
    private Instant begunAt = Instant.EPOCH;

    /**
     * @param isQuick whether a type's requests are begun at once where nothing piles up
     * @param background where a look is taken, which blocks
     */
    public Backlog(
            RequestStore store,
            Predicate<String> isQuick,
            InstantSource clock,
            Executor background) {
        this.store = store;
        this.isQuick = isQuick;
        this.clock = clock;
        this.background = background;
    }

    /** What to answer while it piles up. */
    public static ProblemException comeLater() {
        return new ProblemException(
                ProblemKind.TOO_MANY_UNFINISHED
                        .with("More comes in than can be begun. Nothing was stored; come again.")
                        .withHeader("Retry-After", "1"));
    }

    /** Whether it piles up now. */
    public synchronized boolean isTooLong() {
        Watched current = watched;
        if (current == null || current.cameAfter < PILE) {
            return false;
        }
        Instant now = clock.instant();
        if (!now.isBefore(current.lookAt)) {
            current.lookAt = now.plus(BETWEEN_LOOKS);
            background.execute(() -> look(current));
        }
        return current.second != null
                && now.isBefore(current.seenAt.plus(FRESH))
                && current.seenAt.isAfter(current.since.plus(LONGEST_WAIT))
                && now.isBefore(begunAt.plus(OUTAGE));
    }

    /** {@code request} was accepted here just now. */
    public synchronized void accepted(Request request) {
        Watched current = watched;
        if (current != null) {
            current.cameAfter++;
            if (current.second != null) {
                current.second.cameAfter++;
            }
        }
        if (isQuick.test(request.type())) {
            watch(current, request.key());
        }
    }

    private void watch(@Nullable Watched current, RequestKey key) {
        Instant now = clock.instant();
        if (current == null) {
            watched = new Watched(key, now);
        } else if (current.second == null && !now.isBefore(current.since.plus(BETWEEN))) {
            current.second = new Watched(key, now);
        }
    }

    private void look(Watched current) {
        Instant now = clock.instant();
        Watched second = secondOf(current);
        try {
            if (!isWaiting(second.key)) {
                begun(current, null, now);
            } else if (isWaiting(current.key)) {
                waits(current, now);
            } else {
                begun(current, second, now);
            }
        } catch (StoreException failed) {
            LOG.warn("how long work waits is not known; it is looked at again", failed);
        }
    }

    /** While there is none, the first speaks for it. */
    private synchronized Watched secondOf(Watched current) {
        return current.second == null ? current : current.second;
    }

    private boolean isWaiting(RequestKey key) {
        return store.find(key).filter(found -> found.status() == Status.ACCEPTED).isPresent();
    }

    private synchronized void waits(Watched current, Instant now) {
        current.seenAt = now;
    }

    /** The second is watched on: how long it has waited is known already. */
    private synchronized void begun(Watched current, @Nullable Watched next, Instant now) {
        begunAt = now;
        if (watched == current) {
            watched = next;
        }
    }

    /** One that was accepted. Guarded by the backlog. */
    private static final class Watched {
        private final RequestKey key;
        private final Instant since;
        private Instant lookAt;
        private Instant seenAt;
        private int cameAfter;
        private @Nullable Watched second;

        Watched(RequestKey key, Instant since) {
            this.key = key;
            this.since = since;
            this.lookAt = since;
            this.seenAt = since;
        }
    }
}
