package dev.statuswire.local;

import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.emulator.engine.EngineStartException;
import dev.statuswire.emulator.loopback.PortException;
import dev.statuswire.sdk.InvalidTypeException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the local runtime. */
@Command(
        name = "./run",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description =
                "Runs all of Statuswire on this machine: the page, the API, live updates,"
                        + " processing and DynamoDB Local. Press Ctrl-C to stop it.",
        footer = {
            "",
            "Each option can also be set with the environment variable at the end of its",
            "description. Other variables: STATUSWIRE_MAX_UNFINISHED,",
            "STATUSWIRE_MAX_CONNECTIONS, STATUSWIRE_ALLOWED_HOSTS,",
            "STATUSWIRE_ALLOWED_ORIGINS, STATUSWIRE_TRUSTED_PROXIES and",
            "STATUSWIRE_RETENTION_DAYS (see docs/reference/configuration.md).",
            "To require login, set STATUSWIRE_OIDC_ISSUER and STATUSWIRE_OIDC_AUDIENCE;",
            "STATUSWIRE_OIDC_AT_JWT_ONLY=true requires tokens of type at+jwt (see",
            "docs/guide/identity.md).",
            "To add your own request types while you work on them, pass --types. To add types",
            "that do not change, put their jars into the folder types, or into the folder",
            "that STATUSWIRE_TYPES names.",
            "Exit codes: 0 orderly shutdown, 1 internal error, 2 could not start with",
            "these options."
        })
public final class Main implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:STATUSWIRE_PORT:-8080}",
            description =
                    "Port of the page, the API and the live sockets; 0 selects a free port."
                            + " Default: 8080. STATUSWIRE_PORT")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:STATUSWIRE_BIND:-127.0.0.1}",
            description =
                    "Address that --port listens on. Any other address than the default requires"
                            + " STATUSWIRE_OIDC_ISSUER. Default: 127.0.0.1. STATUSWIRE_BIND")
    private String bind = "127.0.0.1";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            defaultValue = "${env:STATUSWIRE_PUBLIC_URL}",
            description =
                    "URL at which clients call a proxy in front, such as"
                            + " https://work.example.org. STATUSWIRE_PUBLIC_URL")
    private @Nullable String publicUrl;

    @Option(
            names = "--dynamodb-port",
            paramLabel = "N",
            defaultValue = "${env:STATUSWIRE_DYNAMODB_PORT:-8000}",
            description =
                    "Port of DynamoDB Local on 127.0.0.1, for example for the aws command; 0"
                            + " selects a free port. Default: 8000. STATUSWIRE_DYNAMODB_PORT")
    private int dynamoDbPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:STATUSWIRE_DATA:-data}",
            description =
                    "Folder in which DynamoDB Local stores the tables. Default: data."
                            + " STATUSWIRE_DATA")
    private Path data = Path.of("data");

    @Option(
            names = "--in-memory",
            defaultValue = "${env:STATUSWIRE_IN_MEMORY:-false}",
            description =
                    "Keeps the tables in memory only; they are lost on shutdown."
                            + " STATUSWIRE_IN_MEMORY")
    private boolean inMemory;

    @Option(
            names = "--dynamodb-endpoint",
            paramLabel = "URL",
            defaultValue = "${env:STATUSWIRE_DYNAMODB_ENDPOINT}",
            description =
                    "Uses the DynamoDB at this URL instead of starting one."
                            + " STATUSWIRE_DYNAMODB_ENDPOINT")
    private @Nullable URI dynamoDbEndpoint;

    @Option(
            names = "--types",
            paramLabel = "FOLDER",
            split = ",",
            defaultValue = "${env:STATUSWIRE_TYPE_FOLDERS}",
            description =
                    "Folder with jars of your own request types, or a Maven project, whose jar is"
                            + " in target. A changed jar is reloaded within a second. Can be"
                            + " repeated. STATUSWIRE_TYPE_FOLDERS")
    private List<Path> types = List.of();

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            defaultValue = "${env:STATUSWIRE_LEASE:-60}",
            description =
                    "How long a worker may go without a sign of life. Default: 60."
                            + " STATUSWIRE_LEASE")
    private long lease;

    @Option(
            names = "--start-grace",
            paramLabel = "SECONDS",
            defaultValue = "${env:STATUSWIRE_START_GRACE:-60}",
            description =
                    "How long a request may wait for its start before it is offered again. Default:"
                            + " 60. STATUSWIRE_START_GRACE")
    private long startGrace;

    @Option(
            names = "--poll-millis",
            paramLabel = "N",
            defaultValue = "${env:STATUSWIRE_POLL_MILLIS}",
            description =
                    "Polls the streams every N ms instead of reading them after every write; Lambda"
                            + " polls every 250 ms. STATUSWIRE_POLL_MILLIS")
    private @Nullable Long pollMillis;

    @Option(
            names = "--rehearse",
            hidden = true,
            description = "Starts, processes a few requests, and exits.")
    private boolean rehearse;

    private volatile boolean running;

    /** Runs until the process is stopped. */
    public static void main(String[] arguments) {
        var main = new Main();
        int code = main.run(new CommandLine(main), arguments);
        if (code != 0 || !main.running) {
            System.exit(code); // threads of components that did start would keep the process alive
        }
    }

    /** Starts the runtime, or prints why it could not start; returns the exit code. */
    int run(CommandLine line, String... arguments) {
        line.setExecutionExceptionHandler((failed, _, _) -> explain(failed, line.getErr()));
        try {
            return line.execute(arguments);
        } catch (Throwable fault) {
            return explain(fault, line.getErr());
        }
    }

    /**
     * Prints one line and returns 2 for a problem that the user can fix; prints a stack trace and
     * returns 1 for an internal error.
     */
    private static int explain(Throwable failed, PrintWriter err) {
        switch (failed) {
            case EngineStartException _,
                    PortException _,
                    InvalidTypeException _,
                    IllegalArgumentException _ ->
                    err.println("statuswire: " + failed.getMessage());
            default -> {
                failed.printStackTrace(err);
                return 1;
            }
        }
        return 2;
    }

    @Override
    public Integer call() throws Exception {
        LocalRuntime runtime = LocalRuntime.start(settings());
        if (rehearse) {
            new TrainingRun(runtime.pageUri()).run();
            runtime.close();
            return 0;
        }
        running = true;
        ShutdownSignal.closes(runtime);
        System.out.println(runtime.description());
        return 0;
    }

    private LocalSettings settings() {
        return new LocalSettings(
                new LocalSettings.ListenAddress(bind, port),
                database(),
                new TransitionTiming(
                        Duration.ofSeconds(lease),
                        Duration.ofSeconds(startGrace),
                        LocalRuntime.retention(System.getenv())),
                types,
                Optional.ofNullable(pollMillis).map(Duration::ofMillis),
                environment());
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        if (publicUrl != null) {
            environment.put("STATUSWIRE_PUBLIC_URL", publicUrl);
        }
        return environment;
    }

    private LocalSettings.Database database() {
        if (dynamoDbEndpoint != null) {
            return new LocalSettings.Database.External(dynamoDbEndpoint);
        }
        return inMemory
                ? new LocalSettings.Database.InMemory(dynamoDbPort)
                : new LocalSettings.Database.OnDisk(data, dynamoDbPort);
    }
}
