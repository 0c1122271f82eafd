package dev.statuswire.bench.scenario;

import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import java.util.List;

/** A group of measurements on processes that the scenario starts and stops. */
public interface Scenario {

    /** Returns the name for {@code --only}. */
    String name();

    /**
     * Runs the measurements. Blocks until they are complete.
     *
     * @throws IllegalStateException if a request was lost, which would make the measurements
     *     meaningless
     * @throws AssertionError if a response has an unexpected status
     */
    List<Measurement> measure(Workspace workspace, BenchScale scale) throws InterruptedException;
}
