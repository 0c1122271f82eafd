package dev.statuswire.processor.work;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What tests want in their own hands. Both thread-safe. */
public record TimeAndChance(InstantSource clock, RandomGenerator random) {

    /** The real ones. */
    public static TimeAndChance real() {
        return new TimeAndChance(InstantSource.system(), new java.util.Random());
    }
}
