package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Clients;
import dev.statuswire.bench.drive.OpenLoop;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.time.Duration;
import java.util.List;

/**
 * Half as much again as it can do: what was accepted is to be finished soon all the same, and the
 * rest told to come later. And the heap, which 10,000 requests are not to make grow.
 */
public final class Overload implements Scenario {

    private static final int CLIENTS = 32;
    private static final double TOO_MUCH = 1.5;
    private static final double TWO_SECONDS = 2000;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var notes = Notes.on(statuswire)) {
            Duration time = scale.seconds(10, 3);
            perSecond(notes, time);
            long before = statuswire.liveHeapBytes();
            double rate = perSecond(notes, time);
            var load = new OpenLoop(notes.api(), notes.page());
            load.run(TOO_MUCH * rate, scale.seconds(60, 10));
            Samples finished = load.finished();
            int wanted = scale.of(10_000, 500);
            int more = wanted - load.accepted() - (int) (rate * time.toSeconds());
            if (more > 0) {
                perSecond(notes, Duration.ofMillis((long) (1000 * more / rate)));
            }
            long after = statuswire.liveHeapBytes();
            return List.of(
                    new Figure(
                            "overload.finished.p99",
                            "2 s; %d accepted, %d told to come later"
                                    .formatted(load.accepted(), load.refused()),
                            finished.p99(),
                            TWO_SECONDS,
                            "ms",
                            Target.atMost(1)),
                    new Figure(
                            "overload.lost",
                            "1: none may be",
                            load.lost(),
                            1,
                            "requests",
                            Target.atMost(0)),
                    new Figure(
                            "heap.after-%d-requests".formatted(wanted),
                            "after the first ones",
                            after / 1048576.0,
                            before / 1048576.0,
                            "MiB",
                            Target.atMost(1.1)));
        }
    }

    private static double perSecond(Notes notes, Duration time) throws InterruptedException {
        return Clients.perSecond(CLIENTS, time, () -> notes.one(new Samples(), new Samples()));
    }
}
