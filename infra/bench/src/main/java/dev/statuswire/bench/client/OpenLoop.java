package dev.statuswire.bench.client;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.client.BenchNoteClient.FinalState;
import dev.statuswire.bench.result.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A load at a constant rate, regardless of how long the server takes for each request. */
public final class OpenLoop {

    private static final int TIMEOUT_SECONDS = 60;

    private final BenchNoteClient client;
    private final Samples finished = new Samples();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** Creates a load of notes that {@code client} submits. */
    public OpenLoop(BenchNoteClient client) {
        this.client = client;
    }

    /**
     * Submits {@code perSecond} notes per second, then waits until all accepted notes are finished.
     *
     * @throws AssertionError if a response is neither 202, nor 429 with {@code Retry-After}
     */
    public void run(double perSecond, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        var submissions = new ArrayList<CompletableFuture<?>>();
        long count = (long) (perSecond * time.toSeconds());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long n = 0; n < count; n++) {
                long at = start + (long) (n / perSecond * 1e9);
                TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
                submissions.add(CompletableFuture.runAsync(this::submit, clients));
            }
        }
        submissions.forEach(CompletableFuture::join);
    }

    private void submit() {
        String id = ApiClient.newId();
        CompletableFuture<FinalState> end = client.finalState(id);
        Answer response = client.submit(id);
        long at = System.nanoTime();
        if (response.status() == 429 && response.has("Retry-After")) {
            refused.incrementAndGet();
            return;
        }
        response.expect(202);
        accepted.incrementAndGet();
        try {
            FinalState state = end.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            finished.add(Math.max(0, state.at() - at));
        } catch (TimeoutException late) {
            System.err.println("bench: " + id + " did not finish within " + TIMEOUT_SECONDS + " s");
            lost.incrementAndGet();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Returns the times from the 202 to the final state. */
    public Samples finished() {
        return finished;
    }

    /** Returns the number of responses with status 202. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns the number of responses with status 429. */
    public int refused() {
        return refused.get();
    }

    /** Returns how many accepted notes did not finish within a minute. */
    public int lost() {
        return lost.get();
    }
}
