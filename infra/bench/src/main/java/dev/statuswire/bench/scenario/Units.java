package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Life;
import dev.statuswire.bench.drive.MeteredClient;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a request costs in write and read units, as DynamoDB counts them: by type, by number of
 * steps, by size of input. The limit of writes is {@link WriteLimit}'s. Counted, not timed: the
 * same in every run.
 */
public final class Units implements Scenario {

    private static final int KIB = 1024;
    private static final List<Integer> STEPS = List.of(1, 3, 10);
    private static final String WRITE_UNITS = "write units";

    private enum Size {
        SMALL("100-B", 100),
        MIDDLE("10-KB", 10 * KIB),
        LARGE("64-KB", 64 * KIB);

        private final String name;
        private final int bytes;

        Size(String name, int bytes) {
            this.name = name;
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
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var client = new MeteredClient(statuswire.dynamoDb())) {
            var counted = new Counted(client, Life.in(client.client()));
            var figures = new ArrayList<Figure>();
            shipped().forEach(type -> figures.add(counted.byType(type)));
            for (Size size : Size.values()) {
                STEPS.forEach(steps -> figures.add(counted.bySteps(steps, size)));
            }
            figures.add(counted.eachStep(Size.LARGE));
            figures.add(counted.status());
            return figures;
        }
    }

    private static List<RequestType> shipped() {
        return RequestTypes.load().all().stream()
                .filter(type -> !type.name().equals(BenchNote.NAME))
                .toList();
    }

    private record Counted(MeteredClient client, Life life) {

        Figure byType(RequestType type) {
            List<String> steps = RequestTypes.of(List.of(type)).stepsOf(type.name());
            return written("units.write." + type.name(), type.name(), steps, type.example());
        }

        Figure bySteps(int steps, Size size) {
            return written(
                    "units.write.%d-steps.%s".formatted(steps, size.name),
                    BenchNote.NAME,
                    names(steps),
                    size.input());
        }

        private Figure written(String name, String type, List<String> steps, String input) {
            var limit = new WriteLimit(steps.size(), input.length());
            return new Figure(
                    name,
                    "input's KB + 1 per further write + 2 of the index",
                    units(type, steps, input),
                    limit.units(),
                    WRITE_UNITS,
                    limit.target());
        }

        /** What one more step costs of a large input, which is written only once at best. */
        Figure eachStep(Size size) {
            int most = STEPS.getLast();
            double one = units(BenchNote.NAME, names(1), size.input());
            double many = units(BenchNote.NAME, names(most), size.input());
            return new Figure(
                    "units.write.%s.each-step".formatted(size.name),
                    "the input's own",
                    (many - one) / (most - 1),
                    WriteLimit.kilobytes(size.bytes),
                    WRITE_UNITS,
                    Target.atMost(0.1));
        }

        Figure status() {
            RequestKey key = life.live(BenchNote.NAME, names(1), Size.SMALL.input());
            client.reset();
            life.read(key);
            return new Figure(
                    "units.read.status",
                    "a consistent read of up to 4 KB",
                    client.readUnits(),
                    1,
                    "read units",
                    Target.atMost(1.0));
        }

        private double units(String type, List<String> steps, String input) {
            client.reset();
            life.live(type, steps, input);
            return client.writeUnits();
        }

        private static List<String> names(int steps) {
            return IntStream.range(0, steps).mapToObj(step -> "step-" + step).toList();
        }
    }
}
