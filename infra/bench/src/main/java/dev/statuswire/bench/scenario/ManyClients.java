package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.BareTable;
import dev.statuswire.bench.drive.Clients;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Rounds;
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

    /**
     * What the virtual machine takes to compile all that works on requests; the rate has doubled
     * then, and is sustained. Bare writes need a few seconds.
     */
    private static final int WARM_SECONDS = 40;

    /** Accepted, finished. */
    private static final int WRITES_PER_REQUEST = 2;

    @Override
    public String name() {
        return "many-clients";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var table = BareTable.make(statuswire.dynamoDb());
                var notes = Notes.on(statuswire)) {
            Clients.perSecond(
                    CLIENTS,
                    scale.seconds(WARM_SECONDS, 3),
                    () -> notes.one(new Samples(), new Samples()));
            Duration time = scale.seconds(3, 2);
            var warmUp = new Run();
            warmUp.rounds(scale.of(2, 1), notes, table, time);
            var run = new Run();
            run.rounds(scale.of(7, 3), notes, table, time);
            return run.figures();
        }
    }

    private static final class Run {
        private final Rounds accepted = new Rounds();
        private final Rounds done = new Rounds();

        void rounds(int number, Notes notes, BareTable table, Duration time)
                throws InterruptedException {
            for (int round = 0; round < number; round++) {
                round(notes, table, time);
            }
        }

        private void round(Notes notes, BareTable table, Duration time)
                throws InterruptedException {
            var ours = new Samples();
            var bare = new Samples();
            double requests =
                    Clients.perSecond(CLIENTS, time, () -> notes.one(ours, new Samples()));
            double writes =
                    Clients.perSecond(CLIENTS, time, () -> bare.time(() -> table.put(Api.newId())));
            accepted.add(ours.p99(), bare.p99());
            done.add(requests, writes / WRITES_PER_REQUEST);
        }

        List<Figure> figures() {
            return List.of(
                    accepted.figure(
                            "accept.32-clients.p99",
                            "p99 of PutItem over HTTP",
                            "ms",
                            Target.atMost(1.0)),
                    done.figure(
                            "throughput",
                            "PutItem over HTTP / 2",
                            "requests/s",
                            Target.atLeast(0.7)));
        }
    }
}
