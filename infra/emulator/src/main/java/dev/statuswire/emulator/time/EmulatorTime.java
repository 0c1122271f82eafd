package dev.statuswire.emulator.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The emulator's clocks, randomness and waiting, injected so that tests and simulations control
 * them. All are thread-safe.
 *
 * @param clock the wall clock, for times that events contain
 * @param steady measures durations within this process; setting the wall clock does not change it
 * @param random for the random part of pauses between retries
 * @param waiting how threads wait
 */
public record EmulatorTime(
        InstantSource clock, InstantSource steady, RandomGenerator random, EmulatorWait waiting) {

    private static final long START = System.nanoTime();

    /**
     * Measures durations within this process. Only differences between its instants are meaningful.
     */
    public static final InstantSource STEADY =
            () -> Instant.EPOCH.plusNanos(System.nanoTime() - START);

    /** Uses one clock as both the wall clock and the steady clock, for example in a test. */
    public EmulatorTime(InstantSource clock, RandomGenerator random, EmulatorWait waiting) {
        this(clock, clock, random, waiting);
    }

    /** Returns the clocks, randomness and waiting of the process. */
    public static EmulatorTime real() {
        return new EmulatorTime(
                InstantSource.system(), STEADY, RandomGenerator.getDefault(), EmulatorWait.REAL);
    }
}
