package dev.statuswire.api.status;

import java.time.Duration;

/** Lets time pass between two looks. */
@FunctionalInterface
public interface Pause {

    /** Real time; blocks a virtual thread, which costs next to nothing. */
    Pause SLEEP = Thread::sleep;

    /**
     * Returns after {@code duration}.
     *
     * @throws InterruptedException where it shall not wait any longer
     */
    void pause(Duration duration) throws InterruptedException;
}
