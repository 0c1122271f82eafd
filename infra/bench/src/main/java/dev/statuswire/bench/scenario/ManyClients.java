package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.client.BareTable;
import dev.statuswire.bench.client.BenchNoteClient;
import dev.statuswire.bench.client.ClosedLoop;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Rounds;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import java.time.Duration;
import java.util.List;

/**
 * Measures 32 clients, each of which repeatedly submits a note and waits until the one live
 * connection has received its final state: finished requests per second, and the time to the 202.
 */
public final class ManyClients implements Scenario {

    private static final int CLIENTS = 32;

    /**
     * The time that the JVM needs to compile the code that handles requests; the rate has then
     * doubled and is stable. Bare writes need a few seconds.
     */
    private static final int WARM_UP_SECONDS = 40;

    /** One write when the request is accepted, and one when it is finished. */
    private static final int WRITES_PER_REQUEST = 2;

    @Override
    public String name() {
        return "many-clients";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        var accepted = new Rounds();
        var finished = new Rounds();
        try (var statuswire = StatuswireProcess.start(workspace);
                var table = new BareTable(statuswire.dynamoDb());
                var client = new BenchNoteClient(statuswire.api())) {
            Duration warmUp = scale.seconds(WARM_UP_SECONDS, 3);
            ClosedLoop.perSecond(CLIENTS, warmUp, client::submit);
            ClosedLoop.perSecond(CLIENTS, scale.seconds(6, 2), () -> table.put(ApiClient.newId()));
            Duration time = scale.seconds(3, 2);
            for (int round = 0; round < scale.of(7, 3); round++) {
                var ours = new Samples();
                var bare = new Samples();
                double requests =
                        ClosedLoop.perSecond(
                                CLIENTS, time, () -> client.submit(ours, new Samples()));
                double writes =
                        ClosedLoop.perSecond(
                                CLIENTS, time, () -> bare.time(() -> table.put(ApiClient.newId())));
                accepted.add(ours.p99(), bare.p99());
                finished.add(requests, writes / WRITES_PER_REQUEST);
            }
        }
        return List.of(
                accepted.medians(
                        "accept.32-clients.p99",
                        "p99 of PutItem over HTTP",
                        "ms",
                        Target.atMost(1.0)),
                finished.medians(
                        "throughput", "PutItem over HTTP / 2", "requests/s", Target.atLeast(0.7)));
    }
}
