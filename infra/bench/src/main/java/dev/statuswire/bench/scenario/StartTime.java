package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.process.RunningProcess;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.result.Target;
import dev.statuswire.core.testing.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Measures how long a start with existing tables takes until the page responds, compared with
 * DynamoDB Local alone, started by its own command line.
 */
public final class StartTime implements Scenario {

    private static final String DYNAMO_DB_LOCAL =
            "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        Path data = workspace.newFolder("start-data");
        Path bareData = workspace.newFolder("start-bare");
        IntFunction<RunningProcess> statuswire =
                port -> StatuswireProcess.launch(workspace, port, data);
        IntFunction<RunningProcess> dynamoDbLocal =
                port -> launchDynamoDb(workspace, port, bareData);
        untilResponse(statuswire);
        untilResponse(dynamoDbLocal);
        var ours = new Samples();
        var bare = new Samples();
        for (int n = 0; n < scale.of(5, 1); n++) {
            ours.add(untilResponse(statuswire));
            bare.add(untilResponse(dynamoDbLocal));
        }
        return List.of(
                Measurement.ofMedians(
                        "start.second",
                        "DynamoDB Local alone, until it responds",
                        ours,
                        bare,
                        Target.atMost(1.5)));
    }

    private static RunningProcess launchDynamoDb(Workspace workspace, int port, Path data) {
        Path libraries = workspace.root().resolve("infra/local/target/lib");
        return RunningProcess.start(
                workspace,
                List.of(
                        ChildProcess.jdk("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.library.path=" + libraries,
                        "-cp",
                        libraries + "/*",
                        DYNAMO_DB_LOCAL,
                        "-dbPath",
                        data.toString(),
                        "-port",
                        Integer.toString(port),
                        "-disableTelemetry"),
                Map.of());
    }

    /** Returns the nanoseconds from the launch to the first HTTP response, whatever its status. */
    private static long untilResponse(IntFunction<RunningProcess> launch)
            throws InterruptedException {
        int port = freePort();
        long start = System.nanoTime();
        try (RunningProcess _ = launch.apply(port)) {
            ApiClient server = ApiClient.unchecked(port);
            while (!responds(server)) {
                if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                    throw new IllegalStateException("no response on port " + port);
                }
                Thread.sleep(BETWEEN_TRIES);
            }
            return System.nanoTime() - start;
        }
    }

    private static boolean responds(ApiClient server) {
        try {
            server.get("/");
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
