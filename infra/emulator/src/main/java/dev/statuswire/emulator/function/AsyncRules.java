package dev.statuswire.emulator.function;

import java.time.Duration;
import java.util.List;

/**
 * What Lambda does with an event of an asynchronous call whose function failed: it tries again
 * after each of the delays, and drops the event when it has tried them all or the event is too old.
 *
 * @param delays before each retry; Lambda waits one minute and then two, and allows no more than
 *     two retries
 * @param maximumAge of an event, 60 s to 6 h
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How
 *     Lambda handles errors and retries with asynchronous invocation</a>
 */
public record AsyncRules(List<Duration> delays, Duration maximumAge) {

    private static final int MOST_RETRIES = 2;
    private static final Duration YOUNGEST = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofHours(6);

    public static final AsyncRules LAMBDA =
            new AsyncRules(List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)), OLDEST);

    /**
     * @throws IllegalArgumentException a value is out of its range
     */
    public AsyncRules {
        delays = List.copyOf(delays);
        if (delays.size() > MOST_RETRIES) {
            throw new IllegalArgumentException(
                    "an event is retried 0..2 times, not " + delays.size());
        }
        if (maximumAge.compareTo(YOUNGEST) < 0 || maximumAge.compareTo(OLDEST) > 0) {
            throw new IllegalArgumentException(
                    "an event's maximum age is 60 s to 6 h, not " + maximumAge);
        }
    }

    /** What becomes of an event. */
    sealed interface Next {

        /** It is tried again after {@code delay}. */
        record Retry(Duration delay) implements Next {}

        /** It is dropped, for this reason. */
        record Drop(String reason) implements Next {}
    }

    /**
     * @param failures how often it has failed, 1 or more
     * @param age since it was accepted
     */
    Next afterFailure(int failures, Duration age) {
        if (failures > delays.size()) {
            return new Next.Drop("its retries are used up");
        }
        Duration delay = delays.get(failures - 1);
        return isTooOld(age.plus(delay))
                ? new Next.Drop("it is too old to be tried again")
                : new Next.Retry(delay);
    }

    boolean isTooOld(Duration age) {
        return age.compareTo(maximumAge) > 0;
    }
}
