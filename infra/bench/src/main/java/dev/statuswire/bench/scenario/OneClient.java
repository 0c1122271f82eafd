package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.BareTable;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.util.List;

/**
 * One client that submits and waits until its page shows the end: how long until accepted, and how
 * long until it is seen. With a second runtime that looks at its streams at Lambda's pace.
 */
public final class OneClient implements Scenario {

    @Override
    public String name() {
        return "one-client";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        var bare = new Samples();
        var accepted = new Samples();
        var seen = new Samples();
        var polled = new Samples();
        try (var statuswire = Statuswire.start(place);
                var table = BareTable.make(statuswire.dynamoDb());
                var notes = Notes.on(statuswire)) {
            measure(notes, table, scale.of(300, 100), new Samples(), new Samples(), new Samples());
            for (int round = 0; round < 5; round++) {
                measure(notes, table, scale.of(120, 25), accepted, seen, bare);
            }
        }
        try (var statuswire = Statuswire.start(place, "--poll-millis", "250");
                var notes = Notes.on(statuswire)) {
            for (int n = 0; n < scale.of(25, 8); n++) {
                notes.one(new Samples(), polled);
            }
        }
        return List.of(
                new Figure(
                        "accept.one-client",
                        "PutItem over HTTP",
                        accepted.median(),
                        bare.median(),
                        "ms",
                        Target.atMost(1.0)),
                new Figure(
                        "finish.seen",
                        "PUT to 202",
                        seen.median(),
                        accepted.median(),
                        "ms",
                        Target.atMost(3.0)),
                new Figure(
                        "finish.woken",
                        "polling every 250 ms",
                        seen.median(),
                        polled.median(),
                        "ms",
                        Target.atMost(1.0 / 15)));
    }

    private static void measure(
            Notes notes, BareTable table, int times, Samples accepted, Samples seen, Samples bare)
            throws InterruptedException {
        for (int n = 0; n < times; n++) {
            notes.one(accepted, seen);
        }
        for (int n = 0; n < times; n++) {
            bare.time(() -> table.put(Api.newId()));
        }
    }
}
