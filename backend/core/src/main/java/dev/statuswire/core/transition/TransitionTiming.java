package dev.statuswire.core.transition;

import java.time.Duration;
import java.time.Instant;

/**
 * How long things may take before somebody else looks.
 *
 * @param lease how long a claim holds without a sign of life, at least one second
 * @param startGrace how long an accepted request may wait for its first claim before the sweeper
 *     offers it again, at least one second
 * @param retention how long a finished request is kept, at least one second
 */
public record TransitionTiming(Duration lease, Duration startGrace, Duration retention) {

    /** 60 s, 60 s and 7 days. */
    public static final TransitionTiming DEFAULT =
            new TransitionTiming(
                    Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));

    /** How long an offer may wait at most, however often the request was offered. */
    public static final Duration LONGEST_OFFER = Duration.ofMinutes(5);

    public TransitionTiming {
        atLeastOneSecond("lease", lease);
        atLeastOneSecond("start grace", startGrace);
        atLeastOneSecond("retention", retention);
    }

    private static void atLeastOneSecond(String what, Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(what + " is under one second: " + duration);
        }
    }

    /**
     * Whether a lease that ends at {@code end} is to be prolonged by a write that happens at {@code
     * now}: a third of it is gone. It is also cut where it reaches past a whole lease, as the start
     * grace of a request that was just claimed may. An end that stays leaves the index alone, which
     * is two write units saved.
     */
    public boolean isToBeExtended(Instant end, Instant now) {
        return !now.isBefore(extendAt(end)) || end.isAfter(now.plus(lease));
    }

    /**
     * How long the next offer may wait, after one that waited for {@code unclaimed} and that no
     * worker took: twice as long, up to {@link #LONGEST_OFFER}. While workers are too few, what
     * waits is not to be offered each minute.
     */
    public Duration offerAfter(Duration unclaimed) {
        Duration twice = unclaimed.multipliedBy(2);
        Duration most = LONGEST_OFFER.compareTo(twice) < 0 ? LONGEST_OFFER : twice;
        return most.compareTo(startGrace) < 0 ? startGrace : most;
    }

    /** When a lease that ends at {@code end} is to be prolonged: one third after it began. */
    public Instant extendAt(Instant end) {
        return end.minus(lease.multipliedBy(2).dividedBy(3));
    }
}
