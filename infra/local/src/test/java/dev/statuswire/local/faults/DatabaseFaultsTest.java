package dev.statuswire.local.faults;

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
 * Each fault between everything and the database, on a runtime of its own. They run side by side,
 * as most of their time is waiting for time-outs.
 */
final class DatabaseFaultsTest {

    /** A fault, and whether the database is out of reach by it. */
    enum Kind {
        DELAY,
        RESET,
        REFUSE,
        HALF_OPEN,
        BLACK_HOLE,
        ANSWER_LOST,
        ANSWER_CUT;

        private Fault fault() {
            return switch (this) {
                case DELAY -> new Fault.Delay(Duration.ofMillis(100));
                case RESET -> new Fault.Reset();
                case REFUSE -> new Fault.Refuse();
                case HALF_OPEN -> new Fault.HalfOpen();
                case BLACK_HOLE -> new Fault.BlackHole();
                case ANSWER_LOST -> Fault.Cut.every(0);
                case ANSWER_CUT -> Fault.Cut.every(50);
            };
        }

        private boolean stops() {
            return this != DELAY;
        }
    }

    @TempDir private static Path folder;

    private static final Map<Kind, Future<?>> TRIALS = new EnumMap<>(Kind.class);
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() {
        Path types = ServiceFolder.in(folder, Note.types());
        for (Kind kind : Kind.values()) {
            var trial = new DatabaseTrial(types);
            TRIALS.put(kind, THREADS.submit(() -> trial.run(kind.fault(), kind.stops())));
        }
    }

    @AfterAll
    static void end() {
        THREADS.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_lost_or_done_twice_by_a_fault_before_the_database(Kind kind) throws Exception {
        Objects.requireNonNull(TRIALS.get(kind)).get();
    }
}
