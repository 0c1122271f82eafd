package dev.statuswire.processor;

import dev.statuswire.core.request.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes the first delivery of a newly submitted request from a redelivery, which a stream
 * record does not show.
 *
 * <p>If a step kills its process, its request is redelivered to another process. If each delivery
 * ran without a claim, no attempt would ever be counted. So a process treats a request as new only
 * once, only for {@link #LONGEST_NEW}, and only if the process was already working when the request
 * was submitted, that is, had received another new request. Therefore at most one run is not
 * counted in each other process that was already working and receives the record within that time.
 * After that, and once the sweeper has offered the request again, every run is claimed. A request
 * that was submitted more than {@link #CLOCK_TOLERANCE} in the future, by this process's clock, is
 * not treated as new either.
 *
 * <p>Thread-safe.
 */
final class FirstDeliveryDetector {

    /**
     * How long after its submission a request counts as new. This is short, because a user who
     * cancels within this time sees CANCELLED although the step may still run.
     */
    private static final Duration LONGEST_NEW = Duration.ofSeconds(2);

    /** How far the clock of the API may be ahead of this process's clock. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private static final Duration REMEMBERED = LONGEST_NEW.multipliedBy(5);

    private final InstantSource clock;
    private final InstantSource steady;

    /** The lives that were treated as new, oldest first, each with the time by the steady clock. */
    private final Map<String, Instant> seenLives = new LinkedHashMap<>();

    /**
     * When this process received its first new request. Null until then, because a snapshot is
     * restored into many processes.
     */
    private @Nullable Instant atWorkSince;

    FirstDeliveryDetector(InstantSource clock, InstantSource steady) {
        this.clock = clock;
        this.steady = steady;
    }

    /**
     * Returns whether this is the first delivery of {@code seen}; true at most once for each
     * request.
     *
     * @param seen the new item, as the stream record shows it
     */
    boolean isFirst(Request seen) {
        return isAsSubmitted(seen) && isNew(seen.createdAt()) && markSeen(seen.life());
    }

    /**
     * Returns whether the request is as both front doors write it. Requests of other programs may
     * lack attributes that a claim adds.
     */
    private static boolean isAsSubmitted(Request seen) {
        return seen.version() == 1
                && seen.life() != null
                && seen.fence() == 0
                && seen.attempt() == 0
                && seen.failures() == 0
                && seen.steps().isEmpty()
                && seen.dueAt() != null
                && seen.error() == null
                && seen.progress() == null
                && seen.typeUnknownSince() == null
                && !seen.cancelRequested();
    }

    private synchronized boolean isNew(@Nullable Instant submitted) {
        Instant now = clock.instant();
        if (atWorkSince == null) {
            atWorkSince = now;
        }
        if (submitted == null || !submitted.isAfter(atWorkSince)) {
            return false;
        }
        Duration age = Duration.between(submitted, now);
        return age.compareTo(LONGEST_NEW) <= 0 && age.compareTo(CLOCK_TOLERANCE.negated()) >= 0;
    }

    private synchronized boolean markSeen(@Nullable String life) {
        Instant now = steady.instant();
        var oldest = seenLives.values().iterator();
        while (oldest.hasNext() && oldest.next().plus(REMEMBERED).isBefore(now)) {
            oldest.remove();
        }
        return life != null && seenLives.putIfAbsent(life, now) == null;
    }
}
