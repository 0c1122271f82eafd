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

    private static final int CLIENTS = 16;

    /** Enough that its frames fill what the system and the gateway keep for it. */
    private static final int LETTERS = 5_000;

    private static final Duration SETTLE = Duration.ofSeconds(2);

    private static final double BYTES_PER_MEBIBYTE = 1024.0 * 1024;

    @Override
    public String name() {
        return "stuck-client";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var notes = Notes.on(new Api(statuswire.page(), LETTERS))) {
            Duration half = scale.seconds(12, 2);
            run(notes, half.multipliedBy(2), new Samples());
            var without = new Samples();
            var with = new Samples();
            settled(statuswire, notes);
            run(notes, half, without);
            long before = settled(statuswire, notes);
            long held;
            try (var _ = DeafSocket.open(notes.api())) {
                run(notes, half.multipliedBy(2), with);
                held = statuswire.liveHeapBytes() - before;
            }
            settled(statuswire, notes);
            run(notes, half, without);
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

    /**
     * What its heap holds. All that is compared begins like this: behind a collection, and once the
     * heap, which gave its memory back then, has some again.
     */
    private static long settled(Statuswire statuswire, Notes notes) throws InterruptedException {
        long bytes = statuswire.liveHeapBytes();
        run(notes, SETTLE, new Samples());
        return bytes;
    }

    private static void run(Notes notes, Duration time, Samples seen) throws InterruptedException {
        Clients.perSecond(CLIENTS, time, () -> notes.one(new Samples(), seen));
    }
}
