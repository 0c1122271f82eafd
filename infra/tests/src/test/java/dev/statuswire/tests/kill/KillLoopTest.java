package dev.statuswire.tests.kill;

import dev.statuswire.core.testing.Scale;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the guarantees G1 to G6 of docs/design.md with the real process, which is killed at random
 * moments of its start-up, its work and its orderly shutdown. {@code -Dstatuswire.seed=N} repeats
 * what the clients did and how long each process lived. The files of a failed run stay in its
 * folder.
 */
final class KillLoopTest {

    /** Each loop starts without data. */
    private static final int KILLS_PER_LOOP = Scale.of(3, 20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    static LongStream seeds() {
        Long given = Long.getLong("statuswire.seed");
        return given == null
                ? RandomGenerator.getDefault().longs(Scale.of(3, 300) / KILLS_PER_LOOP)
                : LongStream.of(given);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void process_that_is_killed_repeatedly_keeps_every_guarantee(long seed) throws Exception {
        try (var loop = new KillLoop(folder, seed)) {
            System.out.println("kill loop, seed " + seed + ": " + loop.run(KILLS_PER_LOOP));
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("with seed " + seed + ", logs in " + folder, broken);
        }
    }
}
