package dev.statuswire.bench.scenario;

import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.BareEngine;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.nio.file.Path;
import java.util.List;

/** How long a second start takes, until the page is there. */
public final class Start implements Scenario {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        Path ours = place.newFolder("start-data");
        Path bare = place.newFolder("start-bare");
        untilPage(place, ours);
        untilAnswer(place, bare);
        var starts = new Samples();
        var limit = new Samples();
        for (int n = 0; n < scale.of(5, 1); n++) {
            starts.add(untilPage(place, ours));
            limit.add(untilAnswer(place, bare));
        }
        return List.of(
                new Figure(
                        "start.second",
                        "DynamoDB Local alone, until it answers",
                        starts.median(),
                        limit.median(),
                        "ms",
                        Target.atMost(1.5)));
    }

    private static long untilPage(Place place, Path data) throws InterruptedException {
        try (var started = Statuswire.launch(place, data)) {
            return started.untilAnswer("/");
        }
    }

    private static long untilAnswer(Place place, Path data) throws InterruptedException {
        try (var started = BareEngine.launch(place, data)) {
            return started.untilAnswer("/");
        }
    }
}
