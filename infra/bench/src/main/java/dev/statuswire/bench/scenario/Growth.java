package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Filling;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is stored already is not to slow down what comes. Both runtimes are new each time, so that
 * neither has more compiled than the other.
 */
public final class Growth implements Scenario {

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        var figures = new ArrayList<Figure>();
        for (int stored : scale == Scale.WHOLE ? List.of(10_000, 100_000) : List.of(1_000)) {
            Path folder = place.newFolder("full");
            Filling.fill(folder, stored);
            try (var empty = Statuswire.start(place);
                    var full = Statuswire.start(place, folder)) {
                figures.addAll(compared(empty, full, stored, scale));
            }
        }
        return figures;
    }

    private static List<Figure> compared(Statuswire empty, Statuswire full, int stored, Scale scale)
            throws InterruptedException {
        try (var emptyNotes = Notes.on(empty);
                var fullNotes = Notes.on(full)) {
            var without = new Run(emptyNotes);
            var with = new Run(fullNotes);
            for (int warmUp = 0; warmUp < scale.of(25, 3); warmUp++) {
                without.round(new Run.Figures());
                with.round(new Run.Figures());
            }
            var limit = new Run.Figures();
            var ours = new Run.Figures();
            for (int round = 0; round < scale.of(25, 5); round++) {
                without.round(limit);
                with.round(ours);
            }
            return ours.beside(limit, stored);
        }
    }

    private record Run(Notes notes) {

        private record Figures(Samples accepted, Samples seen, Samples list) {

            Figures() {
                this(new Samples(), new Samples(), new Samples());
            }

            List<Figure> beside(Figures limit, int stored) {
                return List.of(
                        figure("accept", stored, accepted, limit.accepted),
                        figure("finish", stored, seen, limit.seen),
                        figure("list", stored, list, limit.list));
            }

            private static Figure figure(String what, int stored, Samples ours, Samples limit) {
                return new Figure(
                        "growth.%s.%d-stored".formatted(what, stored),
                        "few stored",
                        ours.median(),
                        limit.median(),
                        "ms",
                        Target.atMost(1.3));
            }
        }

        /** A short one: the machine's pace is to be the same for both. */
        void round(Figures figures) throws InterruptedException {
            for (int n = 0; n < 5; n++) {
                notes.one(figures.accepted, figures.seen);
                figures.list.time(() -> notes.api().get("/requests?limit=50"));
            }
        }
    }
}
