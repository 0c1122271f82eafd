package dev.statuswire.emulator.mapping;

import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** What a loop waits for. A signal raised while nobody waits is not lost; several count once. */
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

    /** Until it is raised. */
    void await() throws InterruptedException {
        raised.acquire();
        raised.drainPermits();
    }

    /**
     * Until it is raised, or for {@code longest} (at once if that is not positive). Says whether it
     * was raised.
     */
    boolean await(Duration longest) throws InterruptedException {
        boolean was = waiting.forPermit(raised, longest);
        raised.drainPermits();
        return was;
    }
}
