package dev.statuswire.client;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generates ids of {@code ~} and a UUID of version 7 (RFC 9562 section 5.7): 48 bits of
 * milliseconds, a counter of 12 bits and 62 random bits. The ids of one generator increase
 * strictly, even within a millisecond and after the clock is set back. Thread-safe.
 */
final class RequestIds {

    private static final int LAST_COUNT = 0xfff;
    private static final int FIRST_COUNTS = 0x7ff;
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long millis = -1;
    private int count;

    RequestIds() {
        this(InstantSource.system(), new SecureRandom());
    }

    RequestIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    synchronized String next() {
        advance(clock.millis());
        long high = millis << 16 | VERSION | count;
        long low = VARIANT | random.nextLong() >>> 2;
        return "~" + new UUID(high, low);
    }

    /** A new millisecond starts the counter at a random value in its lower half. */
    private void advance(long now) {
        if (now <= millis && count < LAST_COUNT) {
            count++;
        } else {
            millis = Math.max(now, millis + 1);
            count = random.nextInt() & FIRST_COUNTS;
        }
    }
}
