package dev.statuswire.local.mapping;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a loop waits for. A signal raised while nobody waits is not lost; several count once. This
 * is the one place of the package that waits for real time to pass.
 */
final class Signal {

    private final Semaphore raised = new Semaphore(0);

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
        boolean was = raised.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        raised.drainPermits();
        return was;
    }
}
