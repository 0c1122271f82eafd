package dev.statuswire.core.time;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Clock, randomness and waiting, injected so that tests control them. All of them are thread-safe.
 *
 * @param clock the wall clock, for times that are stored or shown
 * @param steady measures durations within this process; setting the wall clock does not change it
 * @param random randomness
 * @param waiting blocks threads for a time
 */
public record TimeAndRandomness(
        InstantSource clock, InstantSource steady, RandomGenerator random, Waiting waiting) {

    /** Creates an instance with one clock for both purposes, such as a test's. */
    public TimeAndRandomness(InstantSource clock, RandomGenerator random, Waiting waiting) {
        this(clock, clock, random, waiting);
    }

    /**
     * Returns the real clocks, randomness and waiting. The randomness is that of the operating
     * system, because processes that were restored from the same snapshot must not share it.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
     *     uniqueness with Lambda SnapStart</a>
     */
    public static TimeAndRandomness real() {
        return new TimeAndRandomness(
                InstantSource.system(), SteadyClock.OF_PROCESS, new SecureRandom(), Waiting.REAL);
    }
}
