package dev.statuswire.bench.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A load of several clients, each of which starts its next call when its last one has finished. */
public final class ClosedLoop {

    private ClosedLoop() {}

    /** The call that a client repeats. */
    @FunctionalInterface
    public interface TimedCall {
        void run() throws InterruptedException;
    }

    /**
     * Runs {@code call} repeatedly in {@code clients} concurrent clients for {@code time}.
     *
     * @return completed calls per second
     * @throws IllegalStateException if a call failed
     */
    public static double perSecond(int clients, Duration time, TimedCall call)
            throws InterruptedException {
        var completed = new AtomicLong();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                running.add(
                        threads.submit(
                                () -> {
                                    while (System.nanoTime() < end) {
                                        call.run();
                                        completed.incrementAndGet();
                                    }
                                    return completed;
                                }));
            }
        }
        for (Future<?> client : running) {
            if (client.state() == Future.State.FAILED) {
                throw new IllegalStateException("a call failed", client.exceptionNow());
            }
        }
        return completed.get() / ((System.nanoTime() - start) / 1e9);
    }
}
