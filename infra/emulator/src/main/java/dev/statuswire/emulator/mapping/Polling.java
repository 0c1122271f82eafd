package dev.statuswire.emulator.mapping;

import java.time.Duration;

/**
 * When the stream is looked at.
 *
 * @param interval between two looks at an idle stream, 1 ms or more; Lambda's is 250 ms
 * @param wakeOnWrite look at once when something was written, too; without it the pace is Lambda's
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Polling and batching
 *     streams</a>, "four times per second"
 */
public record Polling(Duration interval, boolean wakeOnWrite) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public static final Polling DEFAULT = new Polling(Duration.ofMillis(250), true);

    /**
     * @throws IllegalArgumentException the interval is out of its range
     */
    public Polling {
        Ranges.check("poll interval in milliseconds", interval.toMillis(), 1, LONGEST.toMillis());
    }
}
