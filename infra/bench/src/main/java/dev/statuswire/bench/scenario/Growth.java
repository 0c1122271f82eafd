package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.client.FrameCountingSockets;
import dev.statuswire.bench.client.StoredNotes;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import dev.statuswire.bench.type.BenchNote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures that neither stored requests nor open connections slow down a request. Submits one
 * request at a time, alternating with a runtime that has few. Both runtimes of a comparison are
 * newly started, so that neither has more compiled code than the other.
 */
public final class Growth implements Scenario {

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        var measurements = new ArrayList<Measurement>();
        for (int stored : scale == BenchScale.FULL ? List.of(10_000, 100_000) : List.of(1_000)) {
            Path data = workspace.newFolder("full");
            StoredNotes.write(data, stored);
            try (var empty = StatuswireProcess.start(workspace);
                    var full = StatuswireProcess.start(workspace, data);
                    var few = new Side(empty);
                    var many = new Side(full)) {
                few.crowd.growTo(1);
                many.crowd.growTo(1);
                turns(few, many, scale.of(125, 20));
                String name = "growth.%s." + stored + "-stored";
                measurements.addAll(many.comparedWith(few, name, "finish", "few stored"));
            }
        }
        try (var quiet = StatuswireProcess.start(workspace);
                var crowded = StatuswireProcess.start(workspace);
                var few = new Side(quiet);
                var many = new Side(crowded)) {
            few.crowd.growTo(1);
            for (int connections : scale == BenchScale.FULL ? List.of(100, 1000) : List.of(100)) {
                many.crowd.growTo(connections);
                turns(few, many, scale.of(100, 20));
                String name = "growth.%s." + connections + "-connections";
                measurements.addAll(many.comparedWith(few, name, "push", "1 connection"));
            }
        }
        return measurements;
    }

    /** Measures only the second half of the turns; the first half warms up the runtimes. */
    private static void turns(Side few, Side many, int times) throws InterruptedException {
        for (int half = 0; half < 2; half++) {
            few.reset();
            many.reset();
            for (int turn = 0; turn < times; turn++) {
                few.submit();
                many.submit();
            }
        }
    }

    private static final class Side implements AutoCloseable {

        private final ApiClient api;
        private final FrameCountingSockets crowd;
        private Samples accepted = new Samples();
        private Samples finished = new Samples();
        private Samples list = new Samples();

        Side(StatuswireProcess statuswire) {
            api = statuswire.api();
            crowd = FrameCountingSockets.ofSubscribers(api);
        }

        void reset() {
            accepted = new Samples();
            finished = new Samples();
            list = new Samples();
        }

        /**
         * Submits a note, waits until all connections have its final state, then reads the list.
         */
        void submit() throws InterruptedException {
            double seconds = crowd.seconds(1, () -> accepted.time(this::accept));
            finished.add((long) (1e9 * seconds / crowd.size()));
            list.time(() -> api.get("/requests?limit=50").expect(200));
        }

        private void accept() {
            api.putJson("/requests/" + ApiClient.newId(), BenchNote.SUBMISSION).expect(202);
        }

        List<Measurement> comparedWith(Side few, String name, String finish, String baselineName) {
            return List.of(
                    compare(name, "accept", baselineName, accepted, few.accepted),
                    compare(name, finish, baselineName, finished, few.finished),
                    compare(name, "list", baselineName, list, few.list));
        }

        private static Measurement compare(
                String name, String what, String baselineName, Samples value, Samples baseline) {
            return Measurement.ofMedians(
                    name.formatted(what), baselineName, value, baseline, Target.atMost(1.3));
        }

        @Override
        public void close() {
            crowd.close();
        }
    }
}
