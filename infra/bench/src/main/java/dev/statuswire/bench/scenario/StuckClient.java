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
import java.util.ArrayList;
import java.util.List;

/**
 * A page that stops reading: what it does to the others, and what it holds. It is cut off once its
 * buffers are full, which holds up a few frames of the others for a moment, once. A half without it
 * comes before, and a half after, so that a pace that changes is the same for both. The tables are
 * in memory: what a disk does now and then is no matter of pages, and would be the 99th percentile.
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
        try (var statuswire = Statuswire.start(place, "--in-memory");
                var notes = Notes.on(new Api(statuswire.page(), LETTERS))) {
            int half = scale.of(4, 1);
            Duration round = scale.seconds(3, 1);
            var without = new ArrayList<Double>();
            List<Double> with;
            p99s(notes, round, 2 * half);
            settled(statuswire, notes);
            without.addAll(p99s(notes, round, half));
            long before = settled(statuswire, notes);
            long held;
            try (var _ = DeafSocket.open(notes.api())) {
                with = p99s(notes, round, 2 * half);
                held = statuswire.liveHeapBytes() - before;
            }
            settled(statuswire, notes);
            without.addAll(p99s(notes, round, half));
            var others = new Rounds();
            for (int n = 0; n < 2 * half; n++) {
                others.add(with.get(n), without.get(n));
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

    /**
     * What its heap holds. All that is compared begins like this: behind a collection, and once the
     * heap, which gave its memory back then, has some again.
     */
    private static long settled(Statuswire statuswire, Notes notes) throws InterruptedException {
        long bytes = statuswire.liveHeapBytes();
        run(notes, SETTLE);
        return bytes;
    }

    /** One of each round, in milliseconds. */
    private static List<Double> p99s(Notes notes, Duration round, int rounds)
            throws InterruptedException {
        var p99s = new ArrayList<Double>();
        for (int n = 0; n < rounds; n++) {
            p99s.add(run(notes, round).p99());
        }
        return p99s;
    }

    private static Samples run(Notes notes, Duration time) throws InterruptedException {
        var seen = new Samples();
        Clients.perSecond(CLIENTS, time, () -> notes.one(new Samples(), seen));
        return seen;
    }
}
