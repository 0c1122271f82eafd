package dev.statuswire.tests.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each fault between a runtime and its database, with a separate runtime for each fault. They run
 * concurrently, because they mostly wait for timeouts.
 */
final class DatabaseFaultsTest {

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int CUT_AFTER = 50;

    @TempDir private static Path folder;

    private static final Map<FaultKind, Future<?>> TRIALS = new EnumMap<>(FaultKind.class);
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() {
        Path types = ServiceFolder.in(folder, GatedType.types());
        for (FaultKind kind : FaultKind.values()) {
            var trial = new DatabaseTrial(types);
            TRIALS.put(
                    kind,
                    THREADS.submit(() -> trial.run(kind.fault(DELAY, CUT_AFTER), kind.stops())));
        }
    }

    @AfterAll
    static void end() {
        THREADS.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_lost_or_repeated_after_a_database_fault(FaultKind kind) throws Exception {
        Objects.requireNonNull(TRIALS.get(kind)).get();
    }
}
