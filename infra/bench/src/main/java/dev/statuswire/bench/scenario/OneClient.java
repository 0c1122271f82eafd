package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.client.BareTable;
import dev.statuswire.bench.client.BenchNoteClient;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import java.util.List;

/**
 * Measures one client that submits a note and waits until its live connection has received the
 * final state: the time to the 202, and the time to the final state. A second runtime polls its
 * streams at Lambda's rate.
 */
public final class OneClient implements Scenario {

    @Override
    public String name() {
        return "one-client";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        var bare = new Samples();
        var accepted = new Samples();
        var finished = new Samples();
        var polled = new Samples();
        try (var statuswire = StatuswireProcess.start(workspace);
                var table = new BareTable(statuswire.dynamoDb());
                var client = new BenchNoteClient(statuswire.api())) {
            int warmUp = scale.of(300, 100);
            round(client, table, warmUp, new Samples(), new Samples(), new Samples());
            for (int round = 0; round < 5; round++) {
                round(client, table, scale.of(120, 25), accepted, finished, bare);
            }
        }
        try (var statuswire = StatuswireProcess.start(workspace, "--poll-millis", "250");
                var client = new BenchNoteClient(statuswire.api())) {
            for (int n = 0; n < scale.of(25, 8); n++) {
                client.submit(new Samples(), polled);
            }
        }
        return List.of(
                Measurement.ofMedians(
                        "accept.one-client",
                        "PutItem over HTTP",
                        accepted,
                        bare,
                        Target.atMost(1.0)),
                Measurement.ofMedians(
                        "finish.seen", "PUT to 202", finished, accepted, Target.atMost(3.0)),
                Measurement.ofMedians(
                        "finish.woken",
                        "polling every 250 ms",
                        finished,
                        polled,
                        Target.atMost(1.0 / 15)));
    }

    private static void round(
            BenchNoteClient client,
            BareTable table,
            int times,
            Samples accepted,
            Samples finished,
            Samples bare)
            throws InterruptedException {
        for (int n = 0; n < times; n++) {
            client.submit(accepted, finished);
        }
        for (int n = 0; n < times; n++) {
            bare.time(() -> table.put(ApiClient.newId()));
        }
    }
}
