package dev.statuswire.emulator.mapping;

import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A signal that a loop waits for. A signal raised before the loop waits is not lost; several
 * signals count as one.
 */
final class LoopSignal {

    private final Semaphore raised = new Semaphore(0);
    private final EmulatorWait waiting;

    LoopSignal(EmulatorWait waiting) {
        this.waiting = waiting;
    }

    void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Waits until the signal is raised. */
    void await() throws InterruptedException {
        raised.acquire();
        raised.drainPermits();
    }

    /**
     * Waits until the signal is raised, for at most {@code longest}; does not wait if that is not
     * positive. Returns whether it was raised.
     */
    boolean await(Duration longest) throws InterruptedException {
        boolean wasRaised = waiting.awaitPermit(raised, longest);
        raised.drainPermits();
        return wasRaised;
    }
}
