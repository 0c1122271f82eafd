package dev.statuswire.bench;

import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Report;
import dev.statuswire.bench.hot.HotFunctions;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.scenario.Functions;
import dev.statuswire.bench.scenario.ManyClients;
import dev.statuswire.bench.scenario.OneClient;
import dev.statuswire.bench.scenario.Scale;
import dev.statuswire.bench.scenario.Scenario;
import dev.statuswire.bench.scenario.Units;
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
            List.of(new OneClient(), new ManyClients(), new Units(), new Functions());

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

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, java.io.IOException {
        Path root = Path.of(System.getProperty("statuswire.root", "."));
        Path target = root.resolve("infra/bench/target");
        if (jmh) {
            HotFunctions.measure(target.resolve("jmh.json"));
            return 0;
        }
        var figures = new ArrayList<Figure>();
        try (var place = Place.make(root, target.resolve("statuswire-bench.jar"))) {
            for (Scenario scenario : SCENARIOS) {
                if (only.isEmpty() || only.contains(scenario.name())) {
                    System.err.println("bench: " + scenario.name() + " ...");
                    figures.addAll(scenario.measure(place, quick ? Scale.QUICK : Scale.WHOLE));
                }
            }
        }
        var report = new Report(figures);
        report.print(System.out);
        report.write(target.resolve("bench.json"));
        return 0;
    }

    private static final class Names extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Names() {
            SCENARIOS.forEach(scenario -> add(scenario.name()));
        }
    }
}
