package dev.statuswire.api.request;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndRandomness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Waits until a request has changed, by reading it repeatedly, at first in short intervals. Blocks
 * the calling thread, which is a virtual thread. Thread-safe.
 */
final class LongPoll {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final RequestStore store;
    private final TimeAndRandomness time;
    private volatile boolean stopped;

    /** Creates a long poll that reads from {@code store}. */
    LongPoll(RequestStore store, TimeAndRandomness time) {
        this.store = store;
        this.time = time;
    }

    /** Ends all current and future waits; each returns the current state of the request. */
    void stop() {
        stopped = true;
    }

    /**
     * Returns the request as soon as it satisfies {@code wanted}, or its current state once {@code
     * longest} has passed. Returns empty as soon as the request does not exist.
     */
    Optional<Request> await(RequestKey key, Duration longest, Predicate<Request> wanted) {
        Instant end = time.steady().instant().plus(longest);
        Duration next = SHORTEST_PAUSE;
        while (true) {
            Optional<Request> found = store.find(key);
            Duration left = Duration.between(time.steady().instant(), end);
            boolean isDone = found.isEmpty() || wanted.test(found.get());
            if (isDone || !left.isPositive() || stopped || !passed(shorter(next, left))) {
                return found;
            }
            next = shorter(next.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
        }
    }

    private boolean passed(Duration duration) {
        try {
            time.waiting().pause(duration);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
