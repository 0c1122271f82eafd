package dev.statuswire.local;

import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.type.InvalidTypeException;
import dev.statuswire.emulator.engine.EngineStartException;
import dev.statuswire.emulator.loopback.PortException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
        version = "Statuswire 0.1.0",
        description =
                "Runs Statuswire whole on this machine: page, API, live updates, processing, and"
                        + " DynamoDB Local. Ctrl-C ends it in order.",
        footer = {
            "",
            "Every option can also be set by the environment variable named with it.",
            "Others that the modules read: STATUSWIRE_MAX_UNFINISHED, STATUSWIRE_MAX_CONNECTIONS,",
            "STATUSWIRE_ALLOWED_HOSTS, STATUSWIRE_ALLOWED_ORIGINS, STATUSWIRE_TRUSTED_PROXIES,",
            "STATUSWIRE_RETENTION_DAYS.",
            "Who must log in: STATUSWIRE_OIDC_ISSUER, STATUSWIRE_OIDC_AUDIENCE, and more in",
            "docs/guide/identity.md; STATUSWIRE_OIDC_AT_JWT_ONLY=true requires at+jwt tokens.",
            "Request types of your own: jars in the folder types, or in that of STATUSWIRE_TYPES.",
            "Exit codes: 0 ended in order, 1 a fault, 2 it could not be started as asked."
        })
public final class Main implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:STATUSWIRE_PORT:-8080}",
            description =
                    "Port of the page, the API and the live sockets; 0 takes a free one. Default"
                            + " 8080. STATUSWIRE_PORT")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:STATUSWIRE_BIND:-127.0.0.1}",
            description =
                    "The address that --port is on; another one than the default wants an issuer."
                            + " STATUSWIRE_BIND")
    private String bind = "127.0.0.1";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            defaultValue = "${env:STATUSWIRE_PUBLIC_URL}",
            description =
                    "The address by which clients call a proxy in front, such as"
                            + " https://work.example.org. STATUSWIRE_PUBLIC_URL")
    private @Nullable String publicUrl;

    @Option(
            names = "--dynamodb-port",
            paramLabel = "N",
            defaultValue = "${env:STATUSWIRE_DYNAMODB_PORT:-8000}",
            description =
                    "Port of DynamoDB Local, for the aws command, on 127.0.0.1; 0 takes a free one."
                            + " Default 8000. STATUSWIRE_DYNAMODB_PORT")
    private int dynamoDbPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:STATUSWIRE_DATA:-data}",
            description = "Where DynamoDB Local keeps its tables. Default data. STATUSWIRE_DATA")
    private Path data = Path.of("data");

    @Option(
            names = "--in-memory",
            defaultValue = "${env:STATUSWIRE_IN_MEMORY:-false}",
            description =
                    "Keeps the tables in memory; they are gone at the end. STATUSWIRE_IN_MEMORY")
    private boolean inMemory;

    @Option(
            names = "--dynamodb-endpoint",
            paramLabel = "URL",
            defaultValue = "${env:STATUSWIRE_DYNAMODB_ENDPOINT}",
            description = "Uses the DynamoDB there and starts none. STATUSWIRE_DYNAMODB_ENDPOINT")
    private @Nullable URI dynamoDbEndpoint;

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            defaultValue = "${env:STATUSWIRE_LEASE:-60}",
            description =
                    "How long a worker may give no sign of life. Default 60. STATUSWIRE_LEASE")
    private long lease;

    @Option(
            names = "--start-grace",
            paramLabel = "SECONDS",
            defaultValue = "${env:STATUSWIRE_START_GRACE:-60}",
            description =
                    "How long a request may wait to be begun before it is offered again. Default"
                            + " 60. STATUSWIRE_START_GRACE")
    private long startGrace;

    @Option(
            names = "--poll-millis",
            paramLabel = "N",
            defaultValue = "${env:STATUSWIRE_POLL_MILLIS}",
            description =
                    "Looks at the streams every N ms, as Lambda does every 250, instead of at every"
                            + " write. STATUSWIRE_POLL_MILLIS")
    private @Nullable Long pollMillis;

    @Option(
            names = "--rehearse",
            hidden = true,
            description = "Starts, tries itself out, and ends.")
    private boolean rehearse;

    private volatile boolean running;

    /** Runs until it is told to end. */
    public static void main(String[] arguments) {
        var main = new Main();
        int code = main.run(new CommandLine(main), arguments);
        if (code != 0 || !main.running) {
            System.exit(code); // threads of parts that did start would keep the process alive
        }
    }

    /** Starts the runtime, or explains why not; the exit code. */
    int run(CommandLine line, String... arguments) {
        line.setExecutionExceptionHandler((failed, _, _) -> explain(failed, line.getErr()));
        try {
            return line.execute(arguments);
        } catch (Throwable fault) {
            return explain(fault, line.getErr());
        }
    }

    /** What a person can mend is one line and exit code 2; anything else is a fault of ours. */
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
                new LocalSettings.Listen(bind, port),
                database(),
                new TransitionTiming(
                        Duration.ofSeconds(lease),
                        Duration.ofSeconds(startGrace),
                        LocalRuntime.retention(System.getenv())),
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
