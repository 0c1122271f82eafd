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

/**
 * Creates the Lambda functions. The role of each function allows only the calls that its code
 * makes.
 */
final class Functions extends Construct {

    /** The CloudWatch namespace of the functions' own metrics. */
    static final String NAMESPACE = "Statuswire";

    /** The variable with the URL of the page, which links start with. */
    static final String PUBLIC_URL = "STATUSWIRE_PUBLIC_URL";

    /** Less than the 29 s after which API Gateway stops waiting for a function. */
    private static final Duration API_TIME_OUT = Duration.ofSeconds(28);

    private static final Duration AUTHORIZER_TIME_OUT = Duration.ofSeconds(10);
    private static final Duration LIVE_TIME_OUT = Duration.ofSeconds(20);

    /**
     * Limits the API function so that a flood of calls cannot use up the concurrency of the
     * functions that process requests.
     */
    private static final int MOST_CALLS = 200;

    /**
     * Any client can send invalid tokens, invalid tickets and messages; these must not use up the
     * concurrency of the other functions. At a few milliseconds per invocation, 50 concurrent
     * invocations handle more calls than API Gateway lets through.
     */
    private static final int MOST_AT_A_DOOR = 50;

    private static final int ONE_AT_A_TIME = 1;

    private final DeployOptions options;
    private final Artifacts artifacts;
    private final StackTables tables;
    private final FailureDestinations failures;
    private final List<LayerVersion> types;
    private final List<JavaFunction> created = new ArrayList<>();

    /**
     * @param failures stores what the functions could not process
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
        settings.withVariables(tables.environment())
                .withVariables(
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
        created.add(function);
        return function;
    }

    /** Returns all functions that have been created so far. */
    List<JavaFunction> all() {
        return List.copyOf(created);
    }

    /** Creates the HTTP API, which handles all calls that API Gateway does not handle itself. */
    JavaFunction api(Map<String, String> environment) {
        return make(
                "Api",
                new FunctionSettings(
                                Artifacts.API,
                                "dev.statuswire.api.function.ApiFunction",
                                API_TIME_OUT)
                        .withTypeLayers()
                        .atMost(MOST_CALLS)
                        .withVariables(environment)
                        .allowed(
                                // A cancel and a retry read the item before they write it.
                                AllowStatements.table(
                                        requestsArn(),
                                        "GetItem",
                                        "PutItem",
                                        "UpdateItem",
                                        "DeleteItem",
                                        "Query"),
                                // Counts the unfinished requests of an owner in some partitions.
                                AllowStatements.table(tables.dueIndexArn(), "Query"),
                                AllowStatements.table(
                                        tables.links().getAttrArn(), "GetItem", "PutItem"),
                                AllowStatements.table(tables.linksIndexArn(), "Query"),
                                AllowStatements.table(tables.connections().getAttrArn(), "PutItem"),
                                AllowStatements.table(tables.activity().getAttrArn(), "Query")));
    }

    /** Creates the authorizer that checks the tokens of your own issuer. */
    JavaFunction tokenAuthorizer(Map<String, String> environment) {
        return make(
                "TokenAuthorizer",
                new FunctionSettings(
                                Artifacts.IDENTITY,
                                "dev.statuswire.identity.TokenAuthorizer",
                                AUTHORIZER_TIME_OUT)
                        .atMost(MOST_AT_A_DOOR)
                        .withVariables(environment));
    }

    /** Creates the authorizer that checks the tickets for live sockets. */
    JavaFunction ticketAuthorizer() {
        return make(
                "TicketAuthorizer",
                new FunctionSettings(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.TicketAuthorizer",
                                AUTHORIZER_TIME_OUT)
                        .atMost(MOST_AT_A_DOOR)
                        .allowed(
                                // The query runs while the function is primed before its snapshot.
                                AllowStatements.table(
                                        tables.connections().getAttrArn(), "DeleteItem", "Query")));
    }

    /** Creates the handler of messages from live sockets. */
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

    /** Creates the notifier, which pushes changes. */
    JavaFunction notifier(LiveApi live) {
        return make(
                "Notifier",
                new FunctionSettings(
                                Artifacts.NOTIFIER,
                                "dev.statuswire.notifier.StatusNotifier",
                                FunctionTimeouts.NOTIFIER)
                        .withTypeLayers()
                        .withVariables(
                                Map.of("STATUSWIRE_CONNECTIONS_ENDPOINT", live.pushEndpoint()))
                        .allowed(
                                AllowStatements.streamOf(requestsArn()),
                                AllowStatements.table(
                                        tables.connections().getAttrArn(), "Query", "DeleteItem"),
                                // Deletes the links of removed requests.
                                AllowStatements.table(tables.linksIndexArn(), "Query"),
                                AllowStatements.table(tables.links().getAttrArn(), "DeleteItem"),
                                AllowStatements.manageConnections(live.connectionsArn("POST")),
                                AllowStatements.manageConnections(live.connectionsArn("DELETE")))
                        .allowed(failures.permissions()));
    }

    /**
     * Creates the stream processor, which starts accepted requests.
     *
     * @param page the URL of the page
     */
    JavaFunction processor(JavaFunction worker, Queue timers, String page) {
        String workerArn = worker.aliasArn();
        return make(
                "Processor",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.StreamProcessor",
                                FunctionTimeouts.PROCESSOR)
                        .withTypeLayers()
                        .withVariables(Map.of("STATUSWIRE_WORKER_FUNCTION", workerArn))
                        .withVariables(timersVariables(timers))
                        .withVariables(Map.of(PUBLIC_URL, page))
                        .allowed(
                                AllowStatements.streamOf(requestsArn()),
                                AllowStatements.send(timers.getQueueArn()),
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem"),
                                users(),
                                bookings(),
                                AllowStatements.invoke(workerArn))
                        .allowed(links())
                        .allowed(failures.permissions()));
    }

    /**
     * Creates the worker, which runs slow requests.
     *
     * @param page the URL of the page
     */
    JavaFunction worker(String page) {
        return make(
                "Worker",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.Worker",
                                FunctionTimeouts.WORKER)
                        .withTypeLayers()
                        // A step that hangs costs up to 15 minutes of an invocation.
                        .atMost(options.workers())
                        .withVariables(Map.of(PUBLIC_URL, page))
                        .allowed(
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem"),
                                users(),
                                bookings())
                        .allowed(links()));
    }

    /** Returns what the steps of the shipped types are allowed to do with users. */
    private PolicyStatement users() {
        return AllowStatements.table(
                tables.users().getAttrArn(), "GetItem", "PutItem", "UpdateItem", "DeleteItem");
    }

    /** Returns what the steps of the shipped types are allowed to do with bookings. */
    private PolicyStatement bookings() {
        return AllowStatements.table(tables.bookings().getAttrArn(), "PutItem", "UpdateItem");
    }

    /** Returns what steps need to create links. */
    private PolicyStatement[] links() {
        return new PolicyStatement[] {
            AllowStatements.table(tables.links().getAttrArn(), "PutItem"),
            AllowStatements.table(tables.linksIndexArn(), "Query")
        };
    }

    private static Map<String, String> timersVariables(Queue timers) {
        return Map.of("STATUSWIRE_TIMERS_QUEUE", timers.getQueueUrl());
    }

    /**
     * Creates the sweeper, which handles overdue requests and sets timers for those that are due
     * soon.
     */
    JavaFunction sweeper(Queue timers) {
        return make(
                "Sweeper",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.Sweeper",
                                FunctionTimeouts.SWEEPER)
                        .atMost(ONE_AT_A_TIME)
                        .withVariables(timersVariables(timers))
                        .allowed(
                                AllowStatements.send(timers.getQueueArn()),
                                // Scans the index. If the index is large, queries each partition,
                                // and scans one segment for entries in other partitions.
                                AllowStatements.table(tables.dueIndexArn(), "Scan", "Query"),
                                // Reads each due item before writing it.
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem")));
    }

    /** Creates the function that offers requests whose timers have fired. */
    JavaFunction timer(Queue timers) {
        return make(
                "Timer",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.processor.TimerHandler",
                                FunctionTimeouts.TIMER)
                        .withVariables(timersVariables(timers))
                        .allowed(
                                AllowStatements.receive(timers.getQueueArn()),
                                // Sets a new timer for a request that is not due yet by its clock.
                                AllowStatements.send(timers.getQueueArn()),
                                AllowStatements.table(requestsArn(), "GetItem", "UpdateItem")));
    }

    /** Creates the recorder of user activity. Its class is in the layer of the shipped types. */
    JavaFunction activityRecorder() {
        return make(
                "ActivityRecorder",
                new FunctionSettings(
                                Artifacts.PROCESSOR,
                                "dev.statuswire.types.activity.ActivityRecorder",
                                FunctionTimeouts.ACTIVITY)
                        .withTypeLayers()
                        .allowed(
                                AllowStatements.streamOf(tables.users().getAttrArn()),
                                AllowStatements.table(tables.activity().getAttrArn(), "PutItem"))
                        .allowed(failures.permissions()));
    }

    private String requestsArn() {
        return tables.requests().getAttrArn();
    }
}
