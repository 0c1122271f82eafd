package dev.statuswire.bench.drive;

import dev.statuswire.bench.figure.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that come at their own pace, however long those before them take. */
public final class OpenLoop {

    private static final int PATIENCE_SECONDS = 60;

    private final Api api;
    private final LivePage page;
    private final Samples finished = new Samples();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** A load on {@code api} whose ends are seen by {@code page}. */
    public OpenLoop(Api api, LivePage page) {
        this.api = api;
        this.page = page;
    }

    /**
     * Submits so many notes a second, and waits until what was accepted is finished.
     *
     * @throws IllegalStateException where one is answered otherwise than 202, or 429 with {@code
     *     Retry-After}
     */
    public void run(double perSecond, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        var ends = new ArrayList<CompletableFuture<?>>();
        long count = (long) (perSecond * time.toSeconds());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long n = 0; n < count; n++) {
                long at = begin + (long) (n / perSecond * 1e9);
                TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
                ends.add(CompletableFuture.runAsync(this::submit, clients));
            }
        }
        ends.forEach(CompletableFuture::join);
    }

    private void submit() {
        String id = Api.newId();
        var end = page.finished(id);
        Http.Answer answer = api.submit(id);
        long at = System.nanoTime();
        if (answer.status() == 202) {
            accepted.incrementAndGet();
            await(id, end, at);
        } else if (answer.status() == 429 && answer.retryAfter().isPresent()) {
            refused.incrementAndGet();
        } else {
            throw new IllegalStateException("neither accepted nor told to come later: " + answer);
        }
    }

    private void await(String id, CompletableFuture<LivePage.Seen> end, long acceptedAt) {
        try {
            LivePage.Seen seen = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            finished.add(Math.max(0, seen.at() - acceptedAt));
        } catch (TimeoutException late) {
            System.err.println("bench: " + id + " is not finished: " + late);
            lost.incrementAndGet();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** From accepted to finished. */
    public Samples finished() {
        return finished;
    }

    /** How many were answered 202. */
    public int accepted() {
        return accepted.get();
    }

    /** How many were answered 429. */
    public int refused() {
        return refused.get();
    }

    /** How many were accepted and not seen to finish within a minute. */
    public int lost() {
        return lost.get();
    }
}
