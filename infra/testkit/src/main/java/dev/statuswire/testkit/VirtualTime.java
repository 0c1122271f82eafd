package dev.statuswire.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** A clock that stands still until it is advanced. Thread-safe. */
final class VirtualTime implements InstantSource {

    private Instant now;

    VirtualTime(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Advances the clock; if {@code time} has passed, does nothing. */
    synchronized void advanceTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    /** Advances the clock instead of waiting, unless there is a permit already. */
    synchronized boolean awaitPermit(Semaphore signal, Duration longest) {
        if (signal.tryAcquire()) {
            return true;
        }
        advanceTo(now.plus(longest));
        return false;
    }
}
