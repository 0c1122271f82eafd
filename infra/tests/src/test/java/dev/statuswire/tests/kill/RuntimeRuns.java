package dev.statuswire.tests.kill;

import dev.statuswire.api.testing.PageClient;
import java.util.Optional;

/** The runs of the runtime, one after the other; clients wait for the current one. Thread-safe. */
final class RuntimeRuns implements PageClient.Servers {

    private Optional<RuntimeRun> current = Optional.empty();
    private boolean finished;

    /**
     * Returns the current run. Blocks until there is one; returns empty if there will be no more
     * runs.
     */
    @Override
    public synchronized Optional<RuntimeRun> awaitUp() throws InterruptedException {
        while (current.isEmpty() && !finished) {
            wait();
        }
        return finished ? Optional.empty() : current;
    }

    synchronized void started(RuntimeRun run) {
        current = Optional.of(run);
        notifyAll();
    }

    synchronized void ended() {
        current = Optional.empty();
    }

    /** Ends the waiting of all clients, now and later: there will be no more runs. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }
}
