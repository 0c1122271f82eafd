package dev.statuswire.aws;

import dev.statuswire.core.settings.TimeOuts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** Every function, with what it may do. Each is allowed what its code calls, and nothing else. */
final class Functions extends Construct {

    /** What CloudWatch has the functions' own metrics under. */
    static final String NAMESPACE = "Statuswire";

    /** Under the 29 s after which API Gateway gives a function up. */
    private static final Duration API_TIME_OUT = Duration.ofSeconds(28);

    private static final Duration AUTHORIZER_TIME_OUT = Duration.ofSeconds(10);
    private static final Duration LIVE_TIME_OUT = Duration.ofSeconds(20);

    /** A flood of calls is not to take what gets the work done. */
    private static final int MOST_CALLS = 200;

    /** A step that hangs is paid for up to 15 minutes. */
    private static final int MOST_WORKERS = 100;

    private static final int ONE_AT_A_TIME = 1;

    private final Options options;
    private final Artifacts artifacts;
    private final Tables tables;
    private final String onFailureArn;
    private final List<LayerVersion> types;

    /**
     * @param onFailureArn of the queue that hears of what the functions could not process
     */
    Functions(
            Construct scope,
            Options options,
            Artifacts artifacts,
            Tables tables,
            String onFailureArn) {
        super(scope, "Functions");
        this.options = options;
        this.artifacts = artifacts;
        this.tables = tables;
        this.onFailureArn = onFailureArn;
        this.types =
                Stream.concat(
                                Stream.of(layer("Types", artifacts.path(Artifacts.TYPES))),
                                artifacts.found(Artifacts.OWN_TYPES).stream()
                                        .map(path -> layer("OwnTypes", path)))
                        .toList();
    }

    private LayerVersion layer(String id, String path) {
        return LayerVersion.Builder.create(this, id)
                .description("Statuswire: request types")
                .code(Code.fromAsset(path))
                .compatibleRuntimes(List.of(Runtime.JAVA_25))
                .compatibleArchitectures(List.of(Architecture.ARM_64))
                .build();
    }

    private JavaFunction make(String id, FunctionSettings settings) {
        FunctionSettings told =
                settings.told(tables.environment())
                        .told(
                                Map.of(
                                        "STATUSWIRE_RETENTION_DAYS",
                                        String.valueOf(options.retentionDays()),
                                        "POWERTOOLS_SERVICE_NAME",
                                        options.stackName()));
        return new JavaFunction(
                this,
                id,
                told,
                artifacts.path(settings.artifact()),
                settings.withTypes() ? types : List.of(),
                options.reservedConcurrency());
    }

    /** The HTTP API, for all that the gateway does not do by itself. */
    JavaFunction api(Map<String, String> environment) {
        return make(
                "Api",
                FunctionSettings.of(
                                Artifacts.API,
                                "dev.statuswire.api.function.ApiFunction",
                                API_TIME_OUT)
                        .andTypes()
                        .atMost(MOST_CALLS)
                        .told(environment)
                        .allowed(
                                // A cancel and a retry read the item before they write it.
                                Allow.table(
                                        requestsArn(), "GetItem", "PutItem", "UpdateItem", "Query"),
                                // How much an owner has unfinished is counted in the index.
                                Allow.table(tables.dueIndexArn(), "Scan"),
                                Allow.table(tables.connections().getAttrArn(), "PutItem"),
                                Allow.table(tables.activity().getAttrArn(), "Query")));
    }

    /** Checks tokens of one's own issuer. */
    JavaFunction tokenAuthorizer(Map<String, String> environment) {
        return make(
                "TokenAuthorizer",
                FunctionSettings.of(
                                Artifacts.IDENTITY,
                                "dev.statuswire.identity.TokenAuthorizer",
                                AUTHORIZER_TIME_OUT)
                        .told(environment));
    }

    /** Takes tickets for live sockets. */
    JavaFunction ticketAuthorizer() {
        return make(
                "TicketAuthorizer",
                FunctionSettings.of(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.TicketAuthorizer",
                                AUTHORIZER_TIME_OUT)
                        .allowed(
                                // The query is what it is primed with before its snapshot.
                                Allow.table(
                                        tables.connections().getAttrArn(), "DeleteItem", "Query")));
    }

    /** Answers what comes in over live sockets. */
    JavaFunction live() {
        return make(
                "Live",
                FunctionSettings.of(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.LiveHandler",
                                LIVE_TIME_OUT)
                        .allowed(
                                Allow.table(
                                        tables.connections().getAttrArn(),
                                        "PutItem",
                                        "DeleteItem",
                                        "Query")));
    }

    /** Pushes what changes. */
    JavaFunction notifier(LiveApi live) {
        return make(
                "Notifier",
                FunctionSettings.of(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.StatusNotifier",
                                TimeOuts.NOTIFIER)
                        .andTypes()
                        .told(Map.of("STATUSWIRE_CONNECTIONS_ENDPOINT", live.pushEndpoint()))
                        .allowed(
                                Allow.streamOf(requestsArn()),
                                Allow.send(onFailureArn),
                                Allow.table(
                                        tables.connections().getAttrArn(), "Query", "DeleteItem"),
                                Allow.manageConnections(live.connectionsArn("POST")),
                                Allow.manageConnections(live.connectionsArn("DELETE"))));
    }

    /** Begins what was accepted. */
    JavaFunction processor(JavaFunction worker) {
        String workerArn = worker.alias().getFunctionArn();
        return make(
                "Processor",
                FunctionSettings.of(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.StreamProcessor",
                                TimeOuts.PROCESSOR)
                        .andTypes()
                        .told(Map.of("STATUSWIRE_WORKER_FUNCTION", workerArn))
                        .allowed(
                                Allow.streamOf(requestsArn()),
                                Allow.send(onFailureArn),
                                Allow.table(requestsArn(), "GetItem", "UpdateItem"),
                                users(),
                                Allow.invoke(workerArn)));
    }

    /** Does slow work. */
    JavaFunction worker() {
        return make(
                "Worker",
                FunctionSettings.of(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.Worker",
                                TimeOuts.WORKER)
                        .andTypes()
                        .atMost(MOST_WORKERS)
                        .allowed(
                                Allow.send(onFailureArn),
                                Allow.table(requestsArn(), "GetItem", "UpdateItem"),
                                users()));
    }

    /** What the steps of the shipped types do. */
    private PolicyStatement users() {
        return Allow.table(
                tables.users().getAttrArn(), "GetItem", "PutItem", "UpdateItem", "DeleteItem");
    }

    /** Looks after what is overdue. */
    JavaFunction sweeper() {
        return make(
                "Sweeper",
                FunctionSettings.of(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.Sweeper",
                                TimeOuts.SWEEPER)
                        .atMost(ONE_AT_A_TIME)
                        .allowed(
                                // A scan of the index; if the index is large, a query of each
                                // partition, and a scan of one segment for other partitions.
                                Allow.table(tables.dueIndexArn(), "Scan", "Query"),
                                // Each due item is read before it is written.
                                Allow.table(requestsArn(), "GetItem", "UpdateItem")));
    }

    /** Writes down what happens to users. Its class is in the layer of the types. */
    JavaFunction activityRecorder() {
        return make(
                "ActivityRecorder",
                FunctionSettings.of(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.types.activity.ActivityRecorder",
                                TimeOuts.ACTIVITY)
                        .andTypes()
                        .allowed(
                                Allow.streamOf(tables.users().getAttrArn()),
                                Allow.send(onFailureArn),
                                Allow.table(tables.activity().getAttrArn(), "PutItem")));
    }

    private String requestsArn() {
        return tables.requests().getAttrArn();
    }
}
