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
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Each function that is deployed, started as Lambda starts it: how long until it has answered its
 * first invocation, from its zip and from an image with an AOT cache, and how large its zip is.
 * Beside a function that does nothing, with the same client of the same database.
 */
public final class Functions implements Scenario {

    private static final Target TARGET = Target.atMost(1.5);
    private static final double MEGABYTE = 1e6;
    private static final int TIMES = 3;
    private static final int FEW = 3;

    /** The first two, once; without caches, which take longer to make than all else. */
    private static final int QUICK = 2;

    @Override
    public String name() {
        return "functions";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var statuswire = Statuswire.start(place);
                var functions = DeployedFunctions.beside(statuswire.dynamoDb(), place)) {
            var nothing = functions.nothing();
            var figures = new ArrayList<Figure>();
            if (scale == Scale.WHOLE) {
                figures.addAll(firsts(functions.ours(), nothing, TIMES));
                figures.addAll(cachedFirsts(functions.ours(), nothing));
            } else {
                figures.addAll(firsts(functions.ours().subList(0, QUICK), nothing, 1));
            }
            figures.addAll(zips(functions.ours(), place));
            return figures;
        }
    }

    private static List<Figure> firsts(List<FunctionStarts> ours, FunctionStarts nothing, int times)
            throws InterruptedException {
        return figures(ours, nothing, times, ".first", FunctionStarts::fromZip);
    }

    private static List<Figure> cachedFirsts(List<FunctionStarts> ours, FunctionStarts nothing)
            throws InterruptedException {
        train(Stream.concat(Stream.of(nothing), ours.stream()).toList());
        return figures(ours, nothing, TIMES, ".first-aot", FunctionStarts::fromImageWithCache);
    }

    /** Nothing is timed meanwhile, so several at once. */
    private static void train(List<FunctionStarts> functions) throws InterruptedException {
        int atOnce = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            List<Callable<Void>> trainings = functions.stream().map(Functions::training).toList();
            for (Future<Void> training : threads.invokeAll(trainings)) {
                if (training.state() == Future.State.FAILED) {
                    throw new IllegalStateException("no AOT cache", training.exceptionNow());
                }
            }
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Callable<Void> training(FunctionStarts function) {
        return () -> {
            function.train();
            return null;
        };
    }

    /** By turns; the one that does nothing between every few others. */
    private static List<Figure> figures(
            List<FunctionStarts> ours, FunctionStarts nothing, int times, String kind, Start start)
            throws InterruptedException {
        var limit = new Samples();
        var samples = ours.stream().map(function -> new Samples()).toList();
        for (int time = 0; time < times; time++) {
            for (int n = 0; n < ours.size(); n++) {
                if (n % FEW == 0) {
                    limit.add(start.of(nothing));
                }
                samples.get(n).add(start.of(ours.get(n)));
            }
        }
        return IntStream.range(0, ours.size())
                .mapToObj(n -> figure(ours.get(n).name() + kind, samples.get(n), limit))
                .toList();
    }

    private static Figure figure(String name, Samples ours, Samples limit) {
        return new Figure(
                "function." + name,
                "a function that does nothing",
                ours.median(),
                limit.median(),
                "ms",
                TARGET);
    }

    /** Several functions are in one zip, which has the name of the first. */
    private static List<Figure> zips(List<FunctionStarts> ours, Place place) {
        var seen = EnumSet.noneOf(Zip.class);
        return ours.stream()
                .filter(function -> seen.add(function.zip()))
                .map(
                        function ->
                                new Figure(
                                        "function." + function.name() + ".zip",
                                        "zip of a function that does nothing",
                                        function.zip().bytes(place.root()) / MEGABYTE,
                                        Zip.NOTHING.bytes(place.root()) / MEGABYTE,
                                        "MB",
                                        TARGET))
                .toList();
    }

    @FunctionalInterface
    private interface Start {
        long of(FunctionStarts function) throws InterruptedException;
    }
}
