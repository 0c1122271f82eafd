package dev.statuswire.bench.scenario;

import dev.statuswire.bench.client.BenchNoteClient;
import dev.statuswire.bench.client.ClosedLoop;
import dev.statuswire.bench.client.OpenLoop;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Target;
import java.time.Duration;
import java.util.List;

/**
 * Measures one and a half times the sustained load: accepted requests must still finish soon, and
 * the server must reject the others with 429. Afterwards, the heap must not have grown.
 */
public final class Overload implements Scenario {

    private static final int CLIENTS = 32;
    private static final double OVERLOAD = 1.5;
    private static final double MEBIBYTE = 1024.0 * 1024;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        try (var statuswire = StatuswireProcess.start(workspace);
                var client = new BenchNoteClient(statuswire.api())) {
            Duration time = scale.seconds(10, 3);
            ClosedLoop.perSecond(CLIENTS, time, client::submit);
            long before = statuswire.liveHeapBytes();
            double rate = ClosedLoop.perSecond(CLIENTS, time, client::submit);
            var load = new OpenLoop(client);
            load.run(OVERLOAD * rate, scale.seconds(60, 10));
            int wanted = scale.of(10_000, 500);
            double more = wanted - load.accepted() - rate * time.toSeconds();
            if (more > 0) {
                var rest = Duration.ofMillis((long) (1000 * more / rate));
                ClosedLoop.perSecond(CLIENTS, rest, client::submit);
            }
            long after = statuswire.liveHeapBytes();
            return List.of(
                    new Measurement(
                            "overload.finished.p99",
                            "2 s; %d accepted, %d rejected with 429"
                                    .formatted(load.accepted(), load.refused()),
                            load.finished().p99(),
                            2000,
                            "ms",
                            Target.atMost(1)),
                    new Measurement(
                            "overload.lost",
                            "1; no request may be lost",
                            load.lost(),
                            1,
                            "requests",
                            Target.atMost(0)),
                    new Measurement(
                            "heap.after-%d-requests".formatted(wanted),
                            "after the first requests",
                            after / MEBIBYTE,
                            before / MEBIBYTE,
                            "MiB",
                            Target.atMost(1.1)));
        }
    }
}
