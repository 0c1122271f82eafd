package dev.statuswire.aws;

import dev.statuswire.core.settings.FunctionTimeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sqs.Queue;
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

    /**
     * Every client can send false tokens, false tickets and messages; they must not use up the
     * concurrency that the rest needs. At some milliseconds each, 50 at once are more than API
     * Gateway lets through.
     */
    private static final int MOST_AT_A_DOOR = 50;

    private static final int ONE_AT_A_TIME = 1;

    private final DeployOptions options;
    private final Artifacts artifacts;
    private final StackTables tables;
    private final FailureDestinations failures;
    private final List<LayerVersion> types;
    private final List<JavaFunction> made = new ArrayList<>();

    /**
     * @param failures keeps what the functions could not process
     */
    Functions(
            Construct scope,
            DeployOptions options,
            Artifacts artifacts,
            StackTables tables,
            FailureDestinations failures) {
        super(scope, "Functions");
        this.options = options;
        this.artifacts = artifacts;
        this.tables = tables;
        this.failures = failures;
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
        settings.told(tables.environment())
                .told(
                        Map.of(
                                "STATUSWIRE_RETENTION_DAYS",
                                String.valueOf(options.retentionDays()),
                                "STATUSWIRE_STAGE",
                                options.stage(),
                                "POWERTOOLS_SERVICE_NAME",
                                options.stackName()));
        var function =
                new JavaFunction(
                        this,
                        id,
                        settings,
                        artifacts.path(settings.artifact),
                        settings.hasTypes ? types : List.of(),
                        options.reservedConcurrency());
        made.add(function);
        return function;
    }

    /** All that were made so far. */
    List<JavaFunction> all() {
        return List.copyOf(made);
    }

    /** The HTTP API, for all that the gateway does not do by itself. */
    JavaFunction api(Map<String, String> environment) {
        return make(
                "Api",
                new FunctionSettings(
                                Artifacts.API,
                                "dev.statuswire.api.function.ApiFunction",
                                API_TIME_OUT)
                        .andTypes()
                        .atMost(MOST_CALLS)
                        .told(environment)
                        .allowed(
                                // A cancel and a retry read the item before they write it.
                                AllowStatements.table(
                                        requestsArn(), "GetItem", "PutItem", "UpdateItem", "Query"),
                                // What an owner has unfinished is counted in some partitions.
                                AllowStatements.table(tables.dueIndexArn(), "Query"),
                                AllowStatements.table(tables.connections().getAttrArn(), "PutItem"),
                                AllowStatements.table(tables.activity().getAttrArn(), "Query")));
    }

    /** Checks tokens of one's own issuer. */
    JavaFunction tokenAuthorizer(Map<String, String> environment) {
        return make(
                "TokenAuthorizer",
                new FunctionSettings(
                                Artifacts.IDENTITY,
                                "dev.statuswire.identity.TokenAuthorizer",
                                AUTHORIZER_TIME_OUT)
                        .atMost(MOST_AT_A_DOOR)
                        .told(environment));
    }

    /** Takes tickets for live sockets. */
    JavaFunction ticketAuthorizer() {
        return make(
                "TicketAuthorizer",
                new FunctionSettings(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.TicketAuthorizer",
                                AUTHORIZER_TIME_OUT)
                        .atMost(MOST_AT_A_DOOR)
                        .allowed(
                                // The query is what it is primed with before its snapshot.
                                AllowStatements.table(
                                        tables.connections().getAttrArn(), "DeleteItem", "Query")));
    }

    /** Answers what comes in over live sockets. */
    JavaFunction live() {
        return make(
                "Live",
                new FunctionSettings(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.LiveHandler",
                                LIVE_TIME_OUT)
                        .atMost(MOST_AT_A_DOOR)
                        .allowed(
                                AllowStatements.table(
                                        tables.connections().getAttrArn(),
                                        "PutItem",
                                        "DeleteItem",
                                        "Query")));
    }

    /** Pushes what changes. */
    JavaFunction notifier(LiveApi live) {
        return make(
                "Notifier",
                new FunctionSettings(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.StatusNotifier",
                                FunctionTimeouts.NOTIFIER)
                        .andTypes()
                        .told(Map.of("STATUSWIRE_CONNECTIONS_ENDPOINT", live.pushEndpoint()))
                        .allowed(
                                AllowStatements.streamOf(requestsArn()),
                                AllowStatements.table(
                                        tables.connections().getAttrArn(), "Query", "DeleteItem"),
                                AllowStatements.manageConnections(live.connectionsArn("POST")),
                                AllowStatements.manageConnections(live.connectionsArn("DELETE")))
                        .allowed(failures.permissions()));
    }

    /** Begins what was accepted. */
    JavaFunction processor(JavaFunction worker, Queue timers) {
        String workerArn = worker.aliasArn();
        return make(
                "Processor",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.StreamProcessor",
                                FunctionTimeouts.PROCESSOR)
                        .andTypes()
                        .told(Map.of("STATUSWIRE_WORKER_FUNCTION", workerArn))
                        .told(toldOf(timers))
                        .allowed(
                                AllowStatements.streamOf(requestsArn()),
                                AllowStatements.send(timers.getQueueArn()),
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem"),
                                users(),
                                AllowStatements.invoke(workerArn))
                        .allowed(failures.permissions()));
    }

    /** Does slow work. */
    JavaFunction worker() {
        return make(
                "Worker",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.Worker",
                                FunctionTimeouts.WORKER)
                        .andTypes()
                        // A step that hangs is paid for up to 15 minutes.
                        .atMost(options.workers())
                        .allowed(
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem"),
                                users()));
    }

    /** What the steps of the shipped types do. */
    private PolicyStatement users() {
        return AllowStatements.table(
                tables.users().getAttrArn(), "GetItem", "PutItem", "UpdateItem", "DeleteItem");
    }

    private static Map<String, String> toldOf(Queue timers) {
        return Map.of("STATUSWIRE_TIMERS_QUEUE", timers.getQueueUrl());
    }

    /** Handles overdue requests, and sets timers for those that are due soon. */
    JavaFunction sweeper(Queue timers) {
        return make(
                "Sweeper",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.Sweeper",
                                FunctionTimeouts.SWEEPER)
                        .atMost(ONE_AT_A_TIME)
                        .told(toldOf(timers))
                        .allowed(
                                AllowStatements.send(timers.getQueueArn()),
                                // A scan of the index; if the index is large, a query of each
                                // partition, and a scan of one segment for other partitions.
                                AllowStatements.table(tables.dueIndexArn(), "Scan", "Query"),
                                // Each due item is read before it is written.
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem")));
    }

    /** Offers requests whose timers went off. */
    JavaFunction timer(Queue timers) {
        return make(
                "Timer",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.TimerHandler",
                                FunctionTimeouts.TIMER)
                        .told(toldOf(timers))
                        .allowed(
                                AllowStatements.receive(timers.getQueueArn()),
                                // What is not due yet by its clock is set again.
                                AllowStatements.send(timers.getQueueArn()),
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem")));
    }

    /** Writes down what happens to users. Its class is in the layer of the types. */
    JavaFunction activityRecorder() {
        return make(
                "ActivityRecorder",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.types.activity.ActivityRecorder",
                                FunctionTimeouts.ACTIVITY)
                        .andTypes()
                        .allowed(
                                AllowStatements.streamOf(tables.users().getAttrArn()),
                                AllowStatements.table(tables.activity().getAttrArn(), "PutItem"))
                        .allowed(failures.permissions()));
    }

    private String requestsArn() {
        return tables.requests().getAttrArn();
    }
}
