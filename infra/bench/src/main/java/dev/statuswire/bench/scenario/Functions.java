package dev.statuswire.bench.scenario;

import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.function.DeployedFunctions;
import dev.statuswire.bench.function.FunctionStarts;
import dev.statuswire.bench.function.Zip;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.util.ArrayList;
import java.util.List;

/**
 * Each function that is deployed, started as Lambda starts it: how long until it has answered its
 * first invocation, from its zip and from an image with an AOT cache, and how large its zip is.
 * Beside a function that does nothing, with the same client of the same database.
 */
public final class Functions implements Scenario {

    private static final Target TARGET = Target.atMost(1.5);
    private static final double MEGABYTE = 1e6;
    private static final int TIMES = 3;

    /** The first two; without caches, which take longer to make than all else. */
    private static final int QUICK_ONES = 2;

    @Override
    public String name() {
        return "functions";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        var figures = new ArrayList<Figure>();
        try (var statuswire = Statuswire.start(place);
                var functions = DeployedFunctions.beside(statuswire.dynamoDb(), place)) {
            FunctionStarts nothing = functions.nothing();
            List<FunctionStarts> ours = functions.ours();
            boolean whole = scale == Scale.WHOLE;
            if (whole) {
                nothing.train();
            }
            for (FunctionStarts function : whole ? ours : ours.subList(0, QUICK_ONES)) {
                var beside = new Beside(function, nothing);
                figures.add(beside.fromZip());
                if (whole) {
                    figures.add(beside.fromImageWithCache());
                }
                figures.add(zip(function, place));
            }
        }
        return figures;
    }

    private static Figure zip(FunctionStarts function, Place place) {
        return new Figure(
                "function." + function.name() + ".zip",
                "zip of a function that does nothing",
                function.zip().bytes(place.root()) / MEGABYTE,
                Zip.NOTHING.bytes(place.root()) / MEGABYTE,
                "MB",
                TARGET);
    }

    /** One function and the one that does nothing, by turns. */
    private record Beside(FunctionStarts function, FunctionStarts nothing) {

        Figure fromZip() throws InterruptedException {
            return figure(".first", FunctionStarts::fromZip);
        }

        Figure fromImageWithCache() throws InterruptedException {
            function.train();
            return figure(".first-aot", FunctionStarts::fromImageWithCache);
        }

        private Figure figure(String kind, Start start) throws InterruptedException {
            var ours = new Samples();
            var limit = new Samples();
            for (int time = 0; time < TIMES; time++) {
                limit.add(start.of(nothing));
                ours.add(start.of(function));
            }
            return new Figure(
                    "function." + function.name() + kind,
                    "a function that does nothing",
                    ours.median(),
                    limit.median(),
                    "ms",
                    TARGET);
        }
    }

    @FunctionalInterface
    private interface Start {
        long of(FunctionStarts function) throws InterruptedException;
    }
}
