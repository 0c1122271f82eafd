package dev.statuswire.bench;

import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.BenchReport;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.scenario.BenchScale;
import dev.statuswire.bench.scenario.CapacityUnits;
import dev.statuswire.bench.scenario.Growth;
import dev.statuswire.bench.scenario.ManyClients;
import dev.statuswire.bench.scenario.ManyConnections;
import dev.statuswire.bench.scenario.OneClient;
import dev.statuswire.bench.scenario.Overload;
import dev.statuswire.bench.scenario.Reads;
import dev.statuswire.bench.scenario.Scenario;
import dev.statuswire.bench.scenario.StartTime;
import dev.statuswire.bench.scenario.StuckClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the benchmarks. */
@Command(
        name = "./bench",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Benchmarks the local runtime and compares each measurement with a baseline from"
                        + " the same run. Do not use the machine for anything else meanwhile.",
        footer = {
            "",
            "Exit codes: 0 all measured, even if targets are missed; 1 a scenario failed; 2 invalid"
                    + " option or missing tool."
        })
public final class Main implements Callable<Integer> {

    private static final List<Scenario> SCENARIOS =
            List.of(
                    new StartTime(),
                    new OneClient(),
                    new ManyClients(),
                    new Reads(),
                    new ManyConnections(),
                    new StuckClient(),
                    new Overload(),
                    new CapacityUnits(),
                    new Growth());

    @Option(
            names = "--quick",
            description = "Runs shorter measurements: less than 3 minutes instead of 10.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Runs only these scenarios, separated by commas: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class,
            converter = ByName.class)
    private Set<Scenario> only = Set.of();

    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** Runs the selected scenarios, then exits. */
    public static void main(String[] arguments) {
        // The server closes idle connections after 30 s; a client must not reuse a connection at
        // that moment.
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path root = Path.of(System.getProperty("statuswire.root", "."));
        Path target = root.resolve("infra/bench/target");
        try (var workspace = Workspace.create(root, target.resolve("statuswire-bench.jar"))) {
            for (Scenario scenario : SCENARIOS) {
                if (only.isEmpty() || only.contains(scenario)) {
                    measure(scenario, workspace);
                }
            }
        }
        var report = new BenchReport(measurements);
        report.print(System.out);
        report.write(target.resolve("bench.json"));
        failed.forEach(name -> System.out.println(name + " failed; see the stack trace above"));
        return failed.isEmpty() ? 0 : 1;
    }

    /** Runs a scenario. A failure does not affect the other scenarios. */
    private void measure(Scenario scenario, Workspace workspace) throws InterruptedException {
        System.err.println("bench: " + scenario.name() + " ...");
        try {
            measurements.addAll(
                    scenario.measure(workspace, quick ? BenchScale.QUICK : BenchScale.FULL));
        } catch (RuntimeException | AssertionError failure) {
            failed.add(scenario.name());
            failure.printStackTrace();
        }
    }

    private static final class ByName implements CommandLine.ITypeConverter<Scenario> {

        @Override
        public Scenario convert(String name) {
            return SCENARIOS.stream()
                    .filter(scenario -> scenario.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("expected one of " + new Names()));
        }
    }

    private static final class Names extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Names() {
            SCENARIOS.forEach(scenario -> add(scenario.name()));
        }
    }
}
