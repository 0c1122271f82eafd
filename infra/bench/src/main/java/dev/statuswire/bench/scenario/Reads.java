package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.BareTable;
import dev.statuswire.bench.drive.Http;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.util.List;
import java.util.Optional;

/** One client that reads a status, asks whether it changed, and reads the list. */
public final class Reads implements Scenario {

    /** More than a list shows. */
    private static final int STORED = 100;

    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var table = BareTable.make(statuswire.dynamoDb());
                var notes = Notes.on(statuswire)) {
            var run = new Run(notes.api(), table, store(notes, table));
            run.round(scale.of(600, 100), new Run.Figures());
            var figures = new Run.Figures();
            for (int round = 0; round < ROUNDS; round++) {
                run.round(scale.of(150, 40), figures);
            }
            return figures.all();
        }
    }

    private static String store(Notes notes, BareTable table) throws InterruptedException {
        String last = "";
        for (int n = 0; n < STORED; n++) {
            last = notes.one(new Samples(), new Samples());
            table.put(last);
        }
        return last;
    }

    private record Run(Api api, BareTable table, String id) {

        private record Figures(
                Samples status,
                Samples unchanged,
                Samples list,
                Samples bareStatus,
                Samples bareList) {

            Figures() {
                this(new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
            }

            List<Figure> all() {
                return List.of(
                        figure("read.status", "GetItem over HTTP", status, bareStatus),
                        figure("read.unchanged", "GetItem over HTTP", unchanged, bareStatus),
                        figure("read.list-of-50", "Query over HTTP", list, bareList));
            }

            private static Figure figure(String name, String beside, Samples ours, Samples limit) {
                return new Figure(
                        name, beside, ours.median(), limit.median(), "ms", Target.atMost(1.0));
            }
        }

        void round(int times, Figures figures) {
            Optional<String> etag = api.status(id, Optional.empty()).etag();
            for (int n = 0; n < times; n++) {
                figures.status.time(() -> expect(200, api.status(id, Optional.empty())));
                figures.bareStatus.time(() -> table.get(id));
                figures.unchanged.time(() -> expect(304, api.status(id, etag)));
                figures.list.time(() -> expect(200, api.get("/requests?limit=50")));
                figures.bareList.time(table::newest50);
            }
        }

        private static void expect(int status, Http.Answer answer) {
            if (answer.status() != status) {
                throw new IllegalStateException("not " + status + ": " + answer);
            }
        }
    }
}
