package dev.statuswire.bench.scenario;

import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import java.util.List;

/** What is measured together, on processes that the scenario starts and stops. */
public interface Scenario {

    /** Returns the name for {@code --only}. */
    String name();

    /**
     * Measures. Blocks until the end.
     *
     * @throws IllegalStateException if a request failed or was lost, so that the measurements would
     *     mean nothing
     */
    List<Measurement> measure(Workspace workspace, BenchScale scale) throws InterruptedException;
}
