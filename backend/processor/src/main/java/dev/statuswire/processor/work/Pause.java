package dev.statuswire.processor.work;

import java.time.Duration;

/** Waits; the one place of this module where a thread sleeps. */
@FunctionalInterface
interface Pause {

    /** Real time. */
    Pause REAL = Thread::sleep;

    /** Returns after {@code time}. */
    void of(Duration time) throws InterruptedException;
}
