package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.BareTable;
import dev.statuswire.bench.drive.Clients;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.time.Duration;
import java.util.List;

/**
 * 32 clients, each of which submits, waits until the one open page shows the end, and begins anew:
 * how much is done a second, and how long they wait until they are accepted.
 */
public final class ManyClients implements Scenario {

    private static final int CLIENTS = 32;

    /** Accepted, claimed, finished. */
    private static final int WRITES_PER_REQUEST = 3;

    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "many-clients";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var table = BareTable.make(statuswire.dynamoDb());
                var notes = Notes.on(statuswire)) {
            Duration time = scale.seconds(8, 2);
            var warmUp = new Run();
            warmUp.round(notes, table, time);
            var run = new Run();
            for (int round = 0; round < ROUNDS; round++) {
                run.round(notes, table, time);
            }
            return run.figures();
        }
    }

    private static final class Run {
        private final Samples accepted = new Samples();
        private final Samples seen = new Samples();
        private final Samples bare = new Samples();
        private double requests;
        private double writes;

        void round(Notes notes, BareTable table, Duration time) throws InterruptedException {
            requests += Clients.perSecond(CLIENTS, time, () -> notes.one(accepted, seen));
            writes +=
                    Clients.perSecond(CLIENTS, time, () -> bare.time(() -> table.put(Api.newId())));
        }

        List<Figure> figures() {
            return List.of(
                    new Figure(
                            "accept.32-clients.p99",
                            "p99 of PutItem over HTTP",
                            accepted.p99(),
                            bare.p99(),
                            "ms",
                            Target.atMost(1.0)),
                    new Figure(
                            "throughput",
                            "PutItem over HTTP / 3",
                            requests / ROUNDS,
                            writes / ROUNDS / WRITES_PER_REQUEST,
                            "requests/s",
                            Target.atLeast(0.7)));
        }
    }
}
