package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.bench.client.BenchNoteClient;
import dev.statuswire.bench.client.ClosedLoop;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Rounds;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import dev.statuswire.core.request.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Measures the effect of a live connection that stops reading on the others, and how much memory it
 * uses. The server closes it once its buffers are full, which delays a few frames of the others
 * once. Half of the rounds without it come before and half after, so that a drift in speed affects
 * both sides. The tables are in memory because disk pauses would dominate the 99th percentile.
 */
public final class StuckClient implements Scenario {

    private static final int CLIENTS = 16;

    /** Long enough that the frames fill the buffers of the system and of the gateway. */
    private static final int LETTERS = 5_000;

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final String RECEIVE_BUFFER = "jdk.httpclient.receiveBufferSize";
    private static final double MEBIBYTE = 1024.0 * 1024;

    @Override
    public String name() {
        return "stuck-client";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        try (var statuswire = StatuswireProcess.start(workspace, "--in-memory");
                var client = new BenchNoteClient(statuswire.api(), LETTERS)) {
            int half = scale.of(4, 1);
            Duration round = scale.seconds(3, 1);
            p99s(client, round, 2 * half);
            settledHeap(statuswire, client);
            var without = new ArrayList<>(p99s(client, round, half));
            long before = settledHeap(statuswire, client);
            List<Double> with;
            long held;
            var end = new CompletableFuture<Void>();
            try (var _ = stuckUntil(end, client.api())) {
                with = p99s(client, round, 2 * half);
                held = statuswire.liveHeapBytes() - before;
            }
            end.complete(null);
            settledHeap(statuswire, client);
            without.addAll(p99s(client, round, half));
            var others = new Rounds();
            for (int n = 0; n < 2 * half; n++) {
                others.add(with.get(n), without.get(n));
            }
            return List.of(
                    others.medians("stuck.others.p99", "p99 without it", "ms", Target.atMost(1.2)),
                    new Measurement(
                            "stuck.memory", "1 MiB", held / MEBIBYTE, 1, "MiB", Target.atMost(1)));
        }
    }

    /**
     * Opens a live connection that stops reading at its first final state, with a small receive
     * buffer, so that the server soon cannot send more.
     */
    private static LiveSocket stuckUntil(CompletableFuture<Void> end, ApiClient api) {
        System.setProperty(RECEIVE_BUFFER, "4096");
        try {
            return LiveSocket.subscribedUnparsed(
                    api,
                    frame -> {
                        if (frame.contains(Status.SUCCEEDED.name())) {
                            end.join();
                        }
                    });
        } finally {
            System.clearProperty(RECEIVE_BUFFER);
        }
    }

    /**
     * Returns the heap's live bytes. Each side of the comparison starts after a garbage collection,
     * and after the heap, which the JVM shrank then, has grown again.
     */
    private static long settledHeap(StatuswireProcess statuswire, BenchNoteClient client)
            throws InterruptedException {
        long bytes = statuswire.liveHeapBytes();
        p99s(client, SETTLE, 1);
        return bytes;
    }

    /** Returns the 99th percentile of each round, in milliseconds. */
    private static List<Double> p99s(BenchNoteClient client, Duration round, int rounds)
            throws InterruptedException {
        var p99s = new ArrayList<Double>();
        for (int n = 0; n < rounds; n++) {
            var finished = new Samples();
            ClosedLoop.perSecond(CLIENTS, round, () -> client.submit(new Samples(), finished));
            p99s.add(finished.p99());
        }
        return p99s;
    }
}
