package dev.statuswire.emulator.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The clocks, the randomness and the waiting of the emulator, so that a test or a simulation
 * controls them. All of them are thread-safe.
 *
 * @param clock the wall clock, for times that events contain
 * @param steady measures durations within this process; setting the wall clock does not change it
 * @param random randomness, for the delays of repeated attempts
 * @param waiting how threads wait
 */
public record EmulatorTime(
        InstantSource clock, InstantSource steady, RandomGenerator random, EmulatorWait waiting) {

    private static final long START = System.nanoTime();

    /** Measures durations within this process: only the time between two of its instants counts. */
    public static final InstantSource STEADY =
            () -> Instant.EPOCH.plusNanos(System.nanoTime() - START);

    /** One clock for both purposes, such as a test's. */
    public EmulatorTime(InstantSource clock, RandomGenerator random, EmulatorWait waiting) {
        this(clock, clock, random, waiting);
    }

    /** Those of the process. */
    public static EmulatorTime real() {
        return new EmulatorTime(
                InstantSource.system(), STEADY, RandomGenerator.getDefault(), EmulatorWait.REAL);
    }
}
