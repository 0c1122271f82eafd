package dev.statuswire.notifier.push;

import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Calls the gateway: so many calls at once, and up to three tries where it is busy, with pauses of
 * full jitter between them. Thread-safe.
 *
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     backoff and jitter</a>
 */
public final class Calls {

    /** Below the 128 HTTP connections of a client, so that no call waits for one of those. */
    private static final int AT_ONCE = 96;

    /** The longest pause before the second try, and before the third. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(200));

    private final Bound bound = new Bound(AT_ONCE);
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;

    /**
     * Calls with this clock and these pauses.
     *
     * @param random thread-safe
     */
    public Calls(InstantSource clock, RandomGenerator random, Pause pause) {
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /** The last answer: BUSY only after three tries, or where no patience is left. */
    Answer call(Supplier<Answer> once, Patience patience) {
        Answer answer = timed(once, patience);
        for (Duration longest : PAUSES) {
            if (answer != Answer.BUSY || !patience.isLeft()) {
                return answer;
            }
            pause.forThe(Duration.ofMillis(random.nextLong(longest.toMillis() + 1)));
            answer = timed(once, patience);
        }
        return answer;
    }

    private Answer timed(Supplier<Answer> once, Patience patience) {
        return bound.within(
                () -> {
                    Instant start = clock.instant();
                    Answer answer = once.get();
                    patience.spend(Duration.between(start, clock.instant()));
                    return answer;
                });
    }
}
