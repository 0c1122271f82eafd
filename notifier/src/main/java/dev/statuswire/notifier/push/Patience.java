package dev.statuswire.notifier.push;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much longer to wait for one connection within one batch, counted in the time that calls to it
 * took; not what they waited for their turn, since that is no fault of its. Thread-safe.
 */
final class Patience {

    private final AtomicLong nanosLeft;

    Patience(Duration atMost) {
        this.nanosLeft = new AtomicLong(atMost.toNanos());
    }

    void spend(Duration time) {
        nanosLeft.addAndGet(-time.toNanos());
    }

    boolean isLeft() {
        return nanosLeft.get() > 0;
    }
}
