package dev.statuswire.core.time;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What tests want in their own hands. All three thread-safe. */
public record TimeAndChance(InstantSource clock, RandomGenerator random, Waiting waiting) {

    /**
     * The real ones. Chance is the operating system's: copies of one snapshot must not have the
     * same.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
     *     uniqueness with Lambda SnapStart</a>
     */
    public static TimeAndChance real() {
        return new TimeAndChance(InstantSource.system(), new SecureRandom(), Waiting.REAL);
    }
}
