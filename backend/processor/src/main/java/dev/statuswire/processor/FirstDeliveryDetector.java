package dev.statuswire.processor;

import dev.statuswire.core.request.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the first delivery of a request that was just submitted from a later one, which a stream
 * record by itself does not show.
 *
 * <p>A step that kills its process is delivered again, to another process. If it ran without a
 * claim each time, no attempt would count it. So a request is taken for new by a process that was
 * already at work when the request was submitted (it had received another new request), and only
 * for {@link #LONGEST_NEW}; and by each process once. What remains uncounted is one run for each
 * other process that was at work by then and receives the record within that time. After that, and
 * once the sweeper has offered the request again, each run is claimed. A request whose clock
 * differs from this one's is not taken for new.
 *
 * <p>Thread-safe.
 */
final class FirstDeliveryDetector {

    /**
     * For how long after its submission a request is new. A user who cancels meanwhile is told
     * CANCELLED, and the step may run all the same, so this is short.
     */
    private static final Duration LONGEST_NEW = Duration.ofSeconds(2);

    /** How far the clock of the API may be ahead. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private static final Duration REMEMBERED = LONGEST_NEW.multipliedBy(5);

    private final InstantSource clock;
    private final InstantSource steady;

    /** Lives that were taken for new, oldest first, and when by the steady clock. */
    private final Map<String, Instant> taken = new LinkedHashMap<>();

    /**
     * When this process saw its first new request. Absent until then: a snapshot is restored into
     * many processes.
     */
    private @Nullable Instant atWorkSince;

    FirstDeliveryDetector(InstantSource clock, InstantSource steady) {
        this.clock = clock;
        this.steady = steady;
    }

    /**
     * Whether this is the first delivery of {@code seen}; true at most once for each request.
     *
     * @param seen what a record says that a new item was stored with
     */
    boolean isFirst(Request seen) {
        return isAsSubmitted(seen) && isNew(seen.createdAt()) && isTaken(seen.life());
    }

    /** As both front doors write it. Other programs may leave out what only a claim adds. */
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

    private synchronized boolean isTaken(@Nullable String life) {
        Instant now = steady.instant();
        var oldest = taken.values().iterator();
        while (oldest.hasNext() && oldest.next().plus(REMEMBERED).isBefore(now)) {
            oldest.remove();
        }
        return life != null && taken.putIfAbsent(life, now) == null;
    }
}
