package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Clients;
import dev.statuswire.bench.drive.DeafSocket;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.time.Duration;
import java.util.List;

/**
 * A page that stops reading: what it does to the others, and what it holds. It is cut off once its
 * buffers are full, which holds up a few frames of the others for a moment, once. A half without it
 * comes before, and a half after, so that a pace that changes is the same for both.
 */
public final class StuckClient implements Scenario {

    private static final int CLIENTS = 4;

    /** Enough that its frames fill what the system and the gateway keep for it. */
    private static final int LETTERS = 5_000;

    private static final double BYTES_PER_MEBIBYTE = 1024.0 * 1024;

    @Override
    public String name() {
        return "stuck-client";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var notes = Notes.on(new Api(statuswire.page(), LETTERS))) {
            Duration half = scale.seconds(12, 3);
            run(notes, half, new Samples());
            var without = new Samples();
            var with = new Samples();
            runAfterCollection(statuswire, notes, half, without);
            long before = statuswire.liveHeapBytes();
            long held;
            try (var _ = DeafSocket.open(notes.api())) {
                run(notes, half.multipliedBy(2), with);
                held = statuswire.liveHeapBytes() - before;
            }
            runAfterCollection(statuswire, notes, half, without);
            return List.of(
                    new Figure(
                            "stuck.others.p99",
                            "p99 without it",
                            with.p99(),
                            without.p99(),
                            "ms",
                            Target.atMost(1.2)),
                    new Figure(
                            "stuck.memory",
                            "1 MiB",
                            held / BYTES_PER_MEBIBYTE,
                            1,
                            "MiB",
                            Target.atMost(1)));
        }
    }

    /** As all that is compared begins. */
    private static void runAfterCollection(
            Statuswire statuswire, Notes notes, Duration time, Samples seen)
            throws InterruptedException {
        statuswire.liveHeapBytes();
        run(notes, time, seen);
    }

    private static void run(Notes notes, Duration time, Samples seen) throws InterruptedException {
        Clients.perSecond(CLIENTS, time, () -> notes.one(new Samples(), seen));
    }
}
