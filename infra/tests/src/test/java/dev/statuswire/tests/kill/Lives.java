package dev.statuswire.tests.kill;

import dev.statuswire.api.testing.PageClient;
import java.util.Optional;

/** One life of the runtime after the other; clients wait for the one that is up. Thread-safe. */
final class Lives implements PageClient.Servers {

    private Optional<Life> up = Optional.empty();
    private boolean over;

    /** The life that is up, as soon as one is; empty once there will be none any more. */
    @Override
    public synchronized Optional<Life> awaitUp() throws InterruptedException {
        while (up.isEmpty() && !over) {
            wait();
        }
        return over ? Optional.empty() : up;
    }

    synchronized void begins(Life life) {
        up = Optional.of(life);
        notifyAll();
    }

    synchronized void ends() {
        up = Optional.empty();
    }

    /** Whoever waits, or comes, is told that there is no more. */
    synchronized void over() {
        over = true;
        notifyAll();
    }
}
