package dev.statuswire.core.transition;

import java.time.Duration;
import java.time.Instant;

/**
 * The durations of leases, offers and retention.
 *
 * @param lease how long a claim holds without a sign of life, at least one second
 * @param startGrace how long an accepted request may wait for its first claim before it is offered
 *     again, at least one second
 * @param retention how long a finished request is kept, at least one second
 */
public record TransitionTiming(Duration lease, Duration startGrace, Duration retention) {

    /** 60 s, 60 s and 7 days. */
    public static final TransitionTiming DEFAULT =
            new TransitionTiming(
                    Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));

    /** The longest time that an offer may wait, regardless of how often the request was offered. */
    public static final Duration LONGEST_OFFER = Duration.ofMinutes(5);

    public TransitionTiming {
        atLeastOneSecond("lease", lease);
        atLeastOneSecond("start grace", startGrace);
        atLeastOneSecond("retention", retention);
    }

    private static void atLeastOneSecond(String what, Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(what + " must be at least one second: " + duration);
        }
    }

    /**
     * Returns whether a write at {@code now} must extend a lease that ends at {@code end}. It must
     * once a third of the lease has passed. It must also if {@code end} is more than a whole lease
     * away, as the start grace of a request that was just claimed may be; the write then shortens
     * it. An unchanged {@code end} saves the two write units of an update of the index.
     */
    public boolean isToBeExtended(Instant end, Instant now) {
        return !now.isBefore(extendAt(end)) || end.isAfter(now.plus(lease));
    }

    /**
     * Returns how long the next offer may wait, after an offer that waited for {@code unclaimed}
     * and that no worker took: twice as long, up to {@link #LONGEST_OFFER}. So while there are too
     * few workers, waiting requests are not offered every minute.
     */
    public Duration offerAfter(Duration unclaimed) {
        Duration twice = unclaimed.multipliedBy(2);
        Duration most = LONGEST_OFFER.compareTo(twice) < 0 ? LONGEST_OFFER : twice;
        return most.compareTo(startGrace) < 0 ? startGrace : most;
    }

    /**
     * Returns when a lease that ends at {@code end} must be extended: once a third of it has
     * passed.
     */
    public Instant extendAt(Instant end) {
        return end.minus(lease.multipliedBy(2).dividedBy(3));
    }
}
