package dev.statuswire.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a step is retried after a transient failure, and how long it waits before. Immutable
 * and thread-safe.
 *
 * <p>The wait is exponential backoff with full jitter: a random time of up to {@link #initial}
 * after the first failure, up to twice as long after each further one, and never longer than {@link
 * #max}.
 */
public final class Retry {

    /** The maximum number of retries. */
    public static final int MAX_TIMES = 1000;

    /** The maximum wait before a retry. */
    public static final Duration MAX_BACKOFF = Duration.ofDays(1);

    /** Two retries, with a backoff of 2 s up to a minute. */
    static final Retry DEFAULT =
            new Retry(2, Duration.ofSeconds(2), Duration.ofMinutes(1), List.of());

    private final int times;
    private final Duration initial;
    private final Duration max;
    private final List<Class<? extends Throwable>> never;

    private Retry(
            int times, Duration initial, Duration max, List<Class<? extends Throwable>> never) {
        this.times = times;
        this.initial = initial;
        this.max = max;
        this.never = never;
    }

    /**
     * {@return a policy with this many retries, so a step fails the request with its failure number
     * {@code times + 1}} Each step counts for itself.
     *
     * @param times 0 to {@value #MAX_TIMES}
     */
    public static Retry times(int times) {
        return new Retry(times, DEFAULT.initial, DEFAULT.max, List.of());
    }

    /** {@return a policy without retries: the first failure of the step fails the request} */
    public static Retry none() {
        return times(0);
    }

    /**
     * {@return this policy with another backoff}
     *
     * @param initial the longest wait after the first failure; more than 0
     * @param max the longest wait after any failure; at least {@code initial}, at most a day
     */
    public Retry backoff(Duration initial, Duration max) {
        return new Retry(times, initial, max, never);
    }

    /**
     * {@return this policy with one more exception that is never retried: a step that throws it, or
     * a subclass of it, fails the request at once, with the error code {@code step-failed}}
     *
     * @param exception the class of the exception
     */
    public Retry doNotRetry(Class<? extends Throwable> exception) {
        var more = new ArrayList<>(never);
        more.add(exception);
        return new Retry(times, initial, max, List.copyOf(more));
    }

    /** {@return the number of retries, 0 or more} */
    public int times() {
        return times;
    }

    /** {@return the longest wait after the first failure} */
    public Duration initial() {
        return initial;
    }

    /** {@return the longest wait after any failure} */
    public Duration max() {
        return max;
    }

    /**
     * {@return the longest wait after a failure}
     *
     * @param failures how often the step has failed before, 0 or more
     */
    public Duration longestWait(int failures) {
        Duration wait = initial;
        for (int i = 0; i < failures && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }

    /**
     * {@return whether the step may run again after it has thrown {@code thrown}}
     *
     * @param thrown what the step has thrown
     */
    public boolean retries(Throwable thrown) {
        return never.stream().noneMatch(type -> type.isInstance(thrown));
    }

    /** Throws an {@link InvalidTypeException} if this policy breaks a rule. */
    void check(String type, String step) {
        if (times < 0 || times > MAX_TIMES) {
            throw new InvalidTypeException(
                    type,
                    "step %s is retried %d times; the number must be 0 to %d"
                            .formatted(step, times, MAX_TIMES));
        }
        boolean isValid =
                !initial.isNegative()
                        && !initial.isZero()
                        && initial.compareTo(max) <= 0
                        && max.compareTo(MAX_BACKOFF) <= 0;
        if (!isValid) {
            throw new InvalidTypeException(
                    type,
                    ("the backoff of step %s is %s to %s; the first duration must be more than 0 and at"
                                    + " most the second, and the second at most %s")
                            .formatted(step, initial, max, MAX_BACKOFF));
        }
    }
}
