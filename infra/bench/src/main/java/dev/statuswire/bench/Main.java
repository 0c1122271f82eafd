package dev.statuswire.bench;

import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Report;
import dev.statuswire.bench.hot.HotFunctions;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.scenario.Functions;
import dev.statuswire.bench.scenario.Growth;
import dev.statuswire.bench.scenario.LiveConnections;
import dev.statuswire.bench.scenario.LiveGrowth;
import dev.statuswire.bench.scenario.ManyClients;
import dev.statuswire.bench.scenario.OneClient;
import dev.statuswire.bench.scenario.Overload;
import dev.statuswire.bench.scenario.Reads;
import dev.statuswire.bench.scenario.Scale;
import dev.statuswire.bench.scenario.Scenario;
import dev.statuswire.bench.scenario.Start;
import dev.statuswire.bench.scenario.StuckClient;
import dev.statuswire.bench.scenario.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the bench. */
@Command(
        name = "./bench",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Measures the local runtime, each figure beside its own limit in the same run."
                        + " Leave the machine alone meanwhile.",
        footer = {
            "",
            "Exit codes: 0 measured, whatever the figures say; 1 a fault; 2 something is missing."
        })
public final class Main implements Callable<Integer> {

    private static final List<Scenario> SCENARIOS =
            List.of(
                    new Start(),
                    new OneClient(),
                    new ManyClients(),
                    new Reads(),
                    new LiveConnections(),
                    new LiveGrowth(),
                    new StuckClient(),
                    new Overload(),
                    new Units(),
                    new Functions(),
                    new Growth());

    @Option(names = "--quick", description = "Measures less; takes under 3 minutes, not 15.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Measures only these: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class)
    private Set<String> only = Set.of();

    @Option(
            names = "--jmh",
            description = "Measures the hot functions by JMH instead; takes some minutes.")
    private boolean jmh;

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path root = Path.of(System.getProperty("statuswire.root", "."));
        Path target = root.resolve("infra/bench/target");
        if (jmh) {
            HotFunctions.measure(target.resolve("jmh.json"));
            return 0;
        }
        try (var place = Place.make(root, target.resolve("statuswire-bench.jar"))) {
            for (Scenario scenario : SCENARIOS) {
                if (only.isEmpty() || only.contains(scenario.name())) {
                    measure(scenario, place);
                }
            }
        }
        var report = new Report(figures);
        report.print(System.out);
        report.write(target.resolve("bench.json"));
        failed.forEach(name -> System.out.println(name + " was not measured: see above"));
        return failed.isEmpty() ? 0 : 1;
    }

    /** One that cannot be measured does not take what the others measured with it. */
    private void measure(Scenario scenario, Place place) throws InterruptedException {
        System.err.println("bench: " + scenario.name() + " ...");
        try {
            figures.addAll(scenario.measure(place, quick ? Scale.QUICK : Scale.WHOLE));
        } catch (RuntimeException broken) {
            failed.add(scenario.name());
            broken.printStackTrace();
        }
    }

    private static final class Names extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Names() {
            SCENARIOS.forEach(scenario -> add(scenario.name()));
        }
    }
}
