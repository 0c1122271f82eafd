package dev.statuswire.bench.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** DynamoDB Local alone, by its own command line, its tables on disk and without telemetry. */
public final class BareEngine {

    private static final String MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";

    private BareEngine() {}

    /** Starts it; it may not answer yet. */
    public static Launched launch(Place place, Path data) {
        Path libraries = place.root().resolve("infra/local/target/lib");
        return Launched.of(
                port ->
                        List.of(
                                Jdk.command("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.library.path=" + libraries,
                                "-cp",
                                libraries + "/*",
                                MAIN,
                                "-dbPath",
                                data.toString(),
                                "-port",
                                Integer.toString(port),
                                "-disableTelemetry"),
                Map.of(),
                place.newLog("bare-engine"));
    }
}
