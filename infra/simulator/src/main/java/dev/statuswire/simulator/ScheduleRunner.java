package dev.statuswire.simulator;

import dev.statuswire.simulator.check.TraceListener;
import dev.statuswire.simulator.check.Violation;
import dev.statuswire.simulator.machine.ProcessKilledError;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Runs schedules one after the other. Two concurrent schedules in one JVM would interfere with each
 * other: if they meet at a lock of a library, a thread waits for something that no seed determines.
 */
public final class ScheduleRunner {

    static {
        Thread.setDefaultUncaughtExceptionHandler(ScheduleRunner::threadEnded);
    }

    private ScheduleRunner() {}

    /**
     * A schedule that broke a guarantee.
     *
     * @param seed replays the schedule
     */
    public record FailedSchedule(long seed, Violation violation) {}

    /**
     * Runs the schedules of {@code count} seeds, starting at {@code first}, until one breaks a
     * guarantee.
     */
    public static Optional<FailedSchedule> run(long first, long count) {
        return LongStream.range(first, first + count)
                .mapToObj(
                        seed ->
                                of(seed, TraceListener.NONE)
                                        .map(what -> new FailedSchedule(seed, what)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Runs the schedule of one seed. */
    static Optional<Violation> of(long seed, TraceListener trace) {
        try {
            return new Simulation(seed, trace).run();
        } catch (RuntimeException failed) {
            return Optional.of(new Violation("the simulation", String.valueOf(failed)));
        }
    }

    private static void threadEnded(Thread thread, Throwable error) {
        if (!(error instanceof ProcessKilledError)) {
            throw new IllegalStateException("a thread ended with " + error, error);
        }
    }
}
