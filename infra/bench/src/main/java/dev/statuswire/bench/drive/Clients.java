package dev.statuswire.bench.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Several clients at once, each of which begins anew when it is done: a closed loop. */
public final class Clients {

    private Clients() {}

    /** What a client does once. */
    @FunctionalInterface
    public interface Call {
        void run() throws InterruptedException;
    }

    /**
     * Runs {@code call} with {@code clients} at once for {@code time}.
     *
     * @return how often it was done a second
     * @throws IllegalStateException where a call failed
     */
    public static double perSecond(int clients, Duration time, Call call)
            throws InterruptedException {
        var done = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                running.add(
                        threads.submit(
                                () -> {
                                    while (System.nanoTime() < end) {
                                        call.run();
                                        done.incrementAndGet();
                                    }
                                    return done;
                                }));
            }
        }
        for (Future<?> one : running) {
            if (one.state() == Future.State.FAILED) {
                throw new IllegalStateException("a call failed", one.exceptionNow());
            }
        }
        return done.get() / ((System.nanoTime() - begin) / 1e9);
    }
}
