package dev.statuswire.notifier.push;

import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Calls the gateway: so many calls at once, and up to three tries where it is busy, with pauses of
 * full jitter between them. Thread-safe.
 *
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     backoff and jitter</a>
 */
public final class Calls {

    /**
     * Below the 256 HTTP connections of a client, so that no call waits for one of those. So many
     * connections may hang at the same time before the others notice, since each of them has one
     * call at most: see {@link Line}.
     */
    static final int AT_ONCE = 128;

    /** The longest pause before the second try, and before the third. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(200));

    private final Bound bound = new Bound(AT_ONCE);
    private final Pulse pulse = new Pulse();
    private final TimeAndChance timeAndChance;

    public Calls(TimeAndChance timeAndChance) {
        this.timeAndChance = timeAndChance;
    }

    /**
     * The last answer: BUSY only after three tries, or where no patience is left; SILENT at once.
     */
    Answer call(Supplier<Answer> once, Patience patience) {
        Answer answer = timed(once, patience);
        for (Duration longest : PAUSES) {
            if (answer != Answer.BUSY || !patience.isLeft()) {
                return answer;
            }
            pauseUpTo(longest);
            answer = timed(once, patience);
        }
        return answer;
    }

    private void pauseUpTo(Duration longest) {
        long millis = timeAndChance.random().nextLong(longest.toMillis() + 1);
        try {
            timeAndChance.waiting().pause(Duration.ofMillis(millis));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer timed(Supplier<Answer> once, Patience patience) {
        return bound.within(
                () -> {
                    InstantSource steady = timeAndChance.steady();
                    Instant start = steady.instant();
                    Answer answer = once.get();
                    Duration took = Duration.between(start, steady.instant());
                    patience.spend(took);
                    return judged(answer, took);
                });
    }

    /** Silence is one connection's own only where others are answered for quickly. */
    private Answer judged(Answer answer, Duration took) {
        if (answer != Answer.SILENT) {
            pulse.answered(took);
            return answer;
        }
        return pulse.isQuick() ? Answer.SILENT : Answer.BUSY;
    }
}
