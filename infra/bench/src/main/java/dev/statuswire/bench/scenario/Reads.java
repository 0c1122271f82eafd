package dev.statuswire.bench.scenario;

import dev.statuswire.bench.client.BareTable;
import dev.statuswire.bench.client.BenchApi;
import dev.statuswire.bench.client.BenchNoteClient;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import java.util.List;
import java.util.Optional;

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
                var client = new BenchNoteClient(new BenchApi(statuswire.page()))) {
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

        void round(BenchApi api, BareTable table, String id, int times) {
            Optional<String> etag = api.status(id, Optional.empty()).headers().firstValue("ETag");
            for (int n = 0; n < times; n++) {
                status.time(() -> BenchApi.expect(200, api.status(id, Optional.empty())));
                bareGet.time(() -> table.get(id));
                unchanged.time(() -> BenchApi.expect(304, api.status(id, etag)));
                list.time(() -> BenchApi.expect(200, api.list()));
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
