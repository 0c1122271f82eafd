package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.client.BareTable;
import dev.statuswire.bench.client.BenchNoteClient;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import java.util.List;

/**
 * Measures one client that reads a status, reads it again with its entity tag, and reads the list.
 */
public final class Reads implements Scenario {

    /** More than one page of the list. */
    private static final int STORED = 100;

    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        try (var statuswire = StatuswireProcess.start(workspace);
                var table = new BareTable(statuswire.dynamoDb());
                var client = new BenchNoteClient(statuswire.api())) {
            String id = "";
            for (int n = 0; n < STORED; n++) {
                id = client.submit();
                table.put(id);
            }
            var warmUp = new Times();
            warmUp.round(client.api(), table, id, scale.of(600, 100));
            var times = new Times();
            for (int round = 0; round < ROUNDS; round++) {
                times.round(client.api(), table, id, scale.of(150, 40));
            }
            return times.measurements();
        }
    }

    private static final class Times {

        private static final Target TARGET = Target.atMost(1.0);

        private final Samples status = new Samples();
        private final Samples unchanged = new Samples();
        private final Samples list = new Samples();
        private final Samples bareGet = new Samples();
        private final Samples bareQuery = new Samples();

        void round(ApiClient api, BareTable table, String id, int times) {
            String path = "/status/" + id;
            String etag = api.get(path).header("ETag");
            for (int n = 0; n < times; n++) {
                status.time(() -> api.get(path).expect(200));
                bareGet.time(() -> table.get(id));
                unchanged.time(() -> api.get(path, "If-None-Match", etag).expect(304));
                list.time(() -> api.get("/requests?limit=50").expect(200));
                bareQuery.time(table::list);
            }
        }

        List<Measurement> measurements() {
            return List.of(
                    Measurement.ofMedians(
                            "read.status", "GetItem over HTTP", status, bareGet, TARGET),
                    Measurement.ofMedians(
                            "read.unchanged", "GetItem over HTTP", unchanged, bareGet, TARGET),
                    Measurement.ofMedians(
                            "read.list-of-50", "Query over HTTP", list, bareQuery, TARGET));
        }
    }
}
