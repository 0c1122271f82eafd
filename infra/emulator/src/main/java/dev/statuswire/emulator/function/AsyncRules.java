package dev.statuswire.emulator.function;

import java.time.Duration;
import java.util.List;

/**
 * The rules for an event of an asynchronous invocation whose function failed: Lambda retries it
 * after each of the delays, and drops it when no retry is left or the event is too old.
 *
 * @param delays the delay before each retry; Lambda waits one minute, then two, and allows at most
 *     two retries
 * @param maximumAge the maximum age of an event, 60 s to 6 h
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How
 *     Lambda handles errors and retries with asynchronous invocation</a>
 */
public record AsyncRules(List<Duration> delays, Duration maximumAge) {

    private static final int MOST_RETRIES = 2;
    private static final Duration YOUNGEST = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofHours(6);

    /** Lambda's defaults: two retries, and a maximum age of 6 h. */
    public static final AsyncRules LAMBDA =
            new AsyncRules(List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)), OLDEST);

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public AsyncRules {
        delays = List.copyOf(delays);
        if (delays.size() > MOST_RETRIES) {
            throw new IllegalArgumentException(
                    "an event is retried 0 to 2 times, not " + delays.size());
        }
        if (maximumAge.compareTo(YOUNGEST) < 0 || maximumAge.compareTo(OLDEST) > 0) {
            throw new IllegalArgumentException(
                    "an event's maximum age is 60 s to 6 h, not " + maximumAge);
        }
    }

    /** What happens next to an event that failed. */
    sealed interface AfterFailure {

        /** It is retried after {@code delay}. */
        record Retry(Duration delay) implements AfterFailure {}

        /** It is dropped, for this reason. */
        record Drop(String reason) implements AfterFailure {}
    }

    /**
     * Decides what happens to an event after a failure.
     *
     * @param failures how often the event has failed, at least 1
     * @param age the time since the event was accepted
     */
    AfterFailure afterFailure(int failures, Duration age) {
        if (failures > delays.size()) {
            return new AfterFailure.Drop("no retries left");
        }
        Duration delay = delays.get(failures - 1);
        return isTooOld(age.plus(delay))
                ? new AfterFailure.Drop("it is too old for another retry")
                : new AfterFailure.Retry(delay);
    }

    boolean isTooOld(Duration age) {
        return age.compareTo(maximumAge) > 0;
    }
}
