package dev.statuswire.tests.faults;

import dev.statuswire.core.testing.Scale;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence of faults in front of the database, determined by a seed. */
final class RandomFaultsTest {

    private static final int FAULTS = Scale.of(12, 40);

    @TempDir private static Path folder;
    private static Path types;

    @BeforeAll
    static void add() {
        types = ServiceFolder.in(folder, GatedType.types());
    }

    static LongStream seeds() {
        return LongStream.range(0, Scale.of(1, 60));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_lost_or_repeated_after_random_database_faults(long seed) throws Exception {
        new DatabaseTrial(types).run(seed, FAULTS);
    }
}
