package dev.statuswire.core.time;

import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What tests want in their own hands. All three thread-safe. */
public record TimeAndChance(InstantSource clock, RandomGenerator random, Waiting waiting) {

    /** The real ones. */
    public static TimeAndChance real() {
        return new TimeAndChance(InstantSource.system(), new Random(), Waiting.REAL);
    }
}
