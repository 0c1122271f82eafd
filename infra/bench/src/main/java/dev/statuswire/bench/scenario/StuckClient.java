package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Clients;
import dev.statuswire.bench.drive.DeafSocket;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Rounds;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.time.Duration;
import java.util.List;

/**
 * A page that stops reading: what it does to the others, and what it holds. It is cut off once its
 * buffers are full, which holds up a few frames of the others for a moment, once.
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
            Duration time = scale.seconds(8, 3);
            p99(notes, time);
            var others = new Rounds();
            long held = 0;
            for (int round = 0; round < scale.of(3, 1); round++) {
                statuswire.liveHeapBytes(); // both begin behind a collection
                double without = p99(notes, time);
                long before = statuswire.liveHeapBytes();
                try (var _ = DeafSocket.open(notes.api())) {
                    others.add(p99(notes, time), without);
                    held = Math.max(held, statuswire.liveHeapBytes() - before);
                }
            }
            return List.of(
                    others.figure("stuck.others.p99", "p99 without it", "ms", Target.atMost(1.2)),
                    new Figure(
                            "stuck.memory",
                            "1 MiB",
                            held / BYTES_PER_MEBIBYTE,
                            1,
                            "MiB",
                            Target.atMost(1)));
        }
    }

    private static double p99(Notes notes, Duration time) throws InterruptedException {
        var seen = new Samples();
        Clients.perSecond(CLIENTS, time, () -> notes.one(new Samples(), seen));
        return seen.p99();
    }
}
