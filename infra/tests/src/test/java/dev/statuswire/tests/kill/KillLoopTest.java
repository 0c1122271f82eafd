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
 * Nothing is lost: G1 to G6 of docs/design.md, on the real process, which is killed at random
 * moments of its starts, its work and its orderly stops. {@code -Dstatuswire.seed=N} repeats what
 * the clients did and how long each process lived. What a failed run leaves stays in its folder.
 */
final class KillLoopTest {

    /** Each run begins with no data. */
    private static final int KILLS_A_RUN = Scale.of(5, 20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    static LongStream seeds() {
        Long given = Long.getLong("statuswire.seed");
        return given == null
                ? RandomGenerator.getDefault().longs(Scale.of(5, 300) / KILLS_A_RUN)
                : LongStream.of(given);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void process_that_is_killed_again_and_again_keeps_every_promise(long seed) throws Exception {
        try (var loop = new KillLoop(folder, seed)) {
            System.out.println("kill loop, seed " + seed + ": " + loop.run(KILLS_A_RUN));
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("with seed " + seed + ", logs in " + folder, broken);
        }
    }
}
