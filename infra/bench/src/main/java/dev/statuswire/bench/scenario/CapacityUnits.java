package dev.statuswire.bench.scenario;

import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Target;
import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts the write and read units of a request as DynamoDB does: by type, by number of steps, and
 * by size of the input. The result is the same in each run.
 */
public final class CapacityUnits implements Scenario {

    private static final int KIB = 1024;
    private static final List<Integer> STEPS = List.of(1, 3, 10);
    private static final String WRITE_UNITS = "write units";

    private enum Size {
        SMALL("100-B", 100),
        MEDIUM("10-KB", 10 * KIB),
        LARGE("64-KB", 64 * KIB);

        private final String label;
        private final int bytes;

        Size(String label, int bytes) {
            this.label = label;
            this.bytes = bytes;
        }

        String input() {
            return "\"" + "x".repeat(bytes - 2) + "\"";
        }
    }

    @Override
    public String name() {
        return "units";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        try (var statuswire = StatuswireProcess.start(workspace);
                var requests = new MeteredRequests(statuswire.dynamoDb())) {
            var measurements = new ArrayList<Measurement>();
            for (Definition<?> type : RequestTypes.load().all()) {
                if (!type.name().equals(BenchNote.NAME)) {
                    String name = type.name();
                    String example = JsonConversion.write(type.example()).toString();
                    measurements.add(written(requests, name, name, type.stepNames(), example));
                }
            }
            for (Size size : Size.values()) {
                for (int steps : STEPS) {
                    String name = "%d-steps.%s".formatted(steps, size.label);
                    measurements.add(
                            written(requests, name, BenchNote.NAME, names(steps), size.input()));
                }
            }
            measurements.add(eachStep(requests, Size.LARGE));
            double read = requests.readUnits(BenchNote.NAME, names(1), Size.SMALL.input());
            measurements.add(
                    new Measurement(
                            "units.read.status",
                            "a consistent read of up to 4 KB",
                            read,
                            1,
                            "read units",
                            Target.atMost(1.0)));
            return measurements;
        }
    }

    private static Measurement written(
            MeteredRequests requests, String name, String type, List<String> steps, String input) {
        var minimum = new MinimumWriteUnits(steps.size(), input.length());
        return new Measurement(
                "units.write." + name,
                "input's KB + 1 per further write + 2 for the index",
                requests.writeUnits(type, steps, input),
                minimum.units(),
                WRITE_UNITS,
                minimum.target());
    }

    /** Returns the cost of one more step with a large input, which must be only one write. */
    private static Measurement eachStep(MeteredRequests requests, Size size) {
        int most = STEPS.getLast();
        double one = requests.writeUnits(BenchNote.NAME, names(1), size.input());
        double many = requests.writeUnits(BenchNote.NAME, names(most), size.input());
        return new Measurement(
                "units.write.%s.each-step".formatted(size.label),
                "the input's KB",
                (many - one) / (most - 1),
                MinimumWriteUnits.kilobytes(size.bytes),
                WRITE_UNITS,
                Target.atMost(0.1));
    }

    private static List<String> names(int steps) {
        return IntStream.range(0, steps).mapToObj(step -> "step-" + step).toList();
    }
}
