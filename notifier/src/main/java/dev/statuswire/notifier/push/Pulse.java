package dev.statuswire.notifier.push;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How quickly the gateway answers of late, whoever is asked for. Where it is slow for all, that one
 * connection was not answered for in time says nothing about that connection. Thread-safe.
 */
final class Pulse {

    /** A tenth of the time after which a call is given up. */
    private static final Duration QUICK = Duration.ofMillis(300);

    /** How much of the average the last answer makes up: one part in so many. */
    private static final int MEMORY = 16;

    private final AtomicLong averageNanos = new AtomicLong();

    void answered(Duration took) {
        averageNanos.updateAndGet(before -> before + (took.toNanos() - before) / MEMORY);
    }

    boolean isQuick() {
        return averageNanos.get() <= QUICK.toNanos();
    }
}
