package dev.statuswire.api.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets the first one in, and all others once it is open. Thread-safe. */
final class Gate {

    private final AtomicBoolean entered = new AtomicBoolean();
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Returns at once for whoever is first, and blocks others until it is open. */
    void enter() throws InterruptedException {
        if (!entered.compareAndSet(false, true)) {
            opened.await();
        }
    }

    /** Opens it for good. */
    void open() {
        opened.countDown();
    }
}
