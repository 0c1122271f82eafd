package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a failed batch waits: 100 ms, doubled with each invocation up to 30 s, of which a random
 * half is taken off at most. Lambda's pages say that it backs off exponentially, but not by how
 * much.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 9;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Before the next invocation of what was invoked {@code invocations} times, 1 or more. */
    Duration after(int invocations) {
        long full = FIRST.toMillis() << Math.min(invocations - 1, DOUBLINGS);
        long half = Math.min(full, LONGEST.toMillis()) / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }
}
