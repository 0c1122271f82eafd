package dev.statuswire.emulator;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.function.AsyncRules;
import dev.statuswire.emulator.function.FunctionApi;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.gateway.GatewayHandlers;
import dev.statuswire.emulator.gateway.GatewayLimits;
import dev.statuswire.emulator.gateway.GatewaySettings;
import dev.statuswire.emulator.gateway.WebSocketGateway;
import dev.statuswire.emulator.loopback.ListeningPort;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.FailureDestination;
import dev.statuswire.emulator.mapping.MappingSettings;
import dev.statuswire.emulator.mapping.PositionsTable;
import dev.statuswire.emulator.queue.SqsDelayQueue;
import dev.statuswire.emulator.queue.SqsQueueSettings;
import dev.statuswire.emulator.time.EmulatorTime;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Runs Lambda handlers and the AWS services that they use in this JVM: tables with streams in
 * memory, event source mappings, the Invoke API, delay queues and one WebSocket API. {@link #close}
 * stops everything.
 *
 * <p>If a handler throws an exception, the emulator logs it, retries the event or returns an error
 * response, as on AWS. It also keeps the exception for {@link #takeErrors}. One instance of each
 * handler is called on many threads at once.
 *
 * <p>Set up the handlers on one thread. The clients are thread-safe.
 */
public final class Emulator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Emulator.class);
    private static final String POSITIONS = "emulator-positions";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final EmulatorTime time = EmulatorTime.real();
    private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final List<EventSourceMapping> mappings = new ArrayList<>();
    private final List<SqsDelayQueue> queues = new ArrayList<>();
    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
    private final FunctionApi functions = FunctionApi.open(0, AsyncRules.LAMBDA, time.steady());
    private final WebSocketGateway gateway =
            WebSocketGateway.start(
                    new GatewaySettings("/", "test", 0, GatewayLimits.ofAws()),
                    time.clock(),
                    time.steady());
    private final ApiGatewayManagementApiClient connections =
            ApiGatewayManagementApiClient.builder()
                    .endpointOverride(gateway.connectionsEndpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("local", "local")))
                    .httpClientBuilder(ApacheHttpClient.builder())
                    .build();
    private @Nullable Javalin server;

    private Emulator() {
        engine.client().createTable(PositionsTable.definition(POSITIONS));
    }

    /** Starts an emulator without handlers and tables of your own, on free loopback ports. */
    public static Emulator start() {
        return new Emulator();
    }

    /** Returns the client for the tables. Closing it does nothing. */
    public DynamoDbClient dynamoDb() {
        return engine.client();
    }

    /** Returns the HTTP endpoint of DynamoDB. Any credentials and region work. */
    public URI dynamoDbEndpoint() {
        return engine.endpoint();
    }

    /**
     * Returns the endpoint for a {@code LambdaClient} that invokes the {@linkplain #register
     * registered} functions.
     */
    public URI lambdaEndpoint() {
        return functions.endpoint();
    }

    /**
     * Returns the client with which handlers send to WebSocket connections ({@code
     * PostToConnection}).
     */
    public ApiGatewayManagementApiClient connections() {
        return connections;
    }

    /**
     * Returns the URL at which clients open WebSockets.
     *
     * @throws IllegalStateException if there is no {@linkplain #webSocket WebSocket API}
     */
    public URI webSocketUrl() {
        if (server == null) {
            throw new IllegalStateException("call webSocket(handler) first");
        }
        return URI.create("ws://" + ListeningPort.LOOPBACK + ":" + server.port() + "/");
    }

    /**
     * Creates a table with a stream of new and old images.
     *
     * @param key the name of the partition key, which is a string
     */
    public void table(String name, String key) {
        table(
                CreateTableRequest.builder()
                        .tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                AttributeDefinition.builder()
                                        .attributeName(key)
                                        .attributeType(ScalarAttributeType.S)
                                        .build())
                        .keySchema(
                                KeySchemaElement.builder()
                                        .attributeName(key)
                                        .keyType(KeyType.HASH)
                                        .build())
                        .streamSpecification(
                                it ->
                                        it.streamEnabled(true)
                                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                        .build());
    }

    /** Creates a table from {@code definition}. */
    public void table(CreateTableRequest definition) {
        engine.client().createTable(definition);
    }

    /**
     * Invokes {@code handler} with each change of {@code table}, starting at its first one, in
     * batches of at most 100 records.
     *
     * @param filters event patterns; a record that matches none is skipped
     */
    public void stream(String table, RequestHandler<DynamodbEvent, ?> handler, String... filters) {
        String id = table + "-" + mappings.size();
        EventSourceMapping mapping =
                new EventSourceMapping(
                        MappingSettings.of(id, table, POSITIONS).withFilters(filters),
                        engine,
                        function(id, DynamodbEvent.class, handler),
                        FailureDestination.LOGGED);
        mappings.add(mapping);
        mapping.start();
    }

    /**
     * Registers {@code handler} as a function that the Invoke API invokes by its name,
     * synchronously or asynchronously.
     *
     * @param input the handler's input type; a bean, a map or a plain type
     */
    public <I> void register(String name, Class<I> input, RequestHandler<I, ?> handler) {
        functions.register(function(name, input, handler));
    }

    /** Opens a queue and delivers its messages to {@code handler} after their delays. */
    public SqsDelayQueue queue(String name, RequestHandler<SQSEvent, ?> handler) {
        SqsDelayQueue queue =
                SqsDelayQueue.open(
                        new SqsQueueSettings(
                                name, Duration.ofSeconds(30), Duration.ofDays(4), 10, 10),
                        time.steady());
        queues.add(queue);
        queue.start(function(name, SQSEvent.class, handler));
        return queue;
    }

    /**
     * Opens the WebSocket API.
     *
     * @param handler the integration of {@code $connect}, {@code $disconnect}, {@code $default} and
     *     the custom routes
     * @param routeKeys the keys of the custom routes, selected by {@code $request.body.action}
     */
    public void webSocket(
            RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> handler,
            String... routeKeys) {
        var handlers =
                new GatewayHandlers(recordingErrors(handler), Set.of(routeKeys), null, Set.of());
        server =
                Javalin.create(
                                config -> {
                                    config.startup.showJavalinBanner = false;
                                    config.concurrency.useVirtualThreads = true;
                                    gateway.register(config, handlers);
                                })
                        .start(ListeningPort.LOOPBACK, 0);
    }

    private <I, O> FunctionDefinition<I, O> function(
            String name, Class<I> input, RequestHandler<I, O> handler) {
        return new FunctionDefinition<>(name, input, recordingErrors(handler), TIMEOUT);
    }

    private <I, O> RequestHandler<I, O> recordingErrors(RequestHandler<I, O> handler) {
        return (input, context) -> {
            try {
                return handler.handleRequest(input, context);
            } catch (Throwable error) {
                errors.add(error);
                throw error;
            }
        };
    }

    /** Returns and removes the exceptions that handlers have thrown, oldest first. */
    public List<Throwable> takeErrors() {
        List<Throwable> taken = new ArrayList<>();
        for (Throwable error = errors.poll(); error != null; error = errors.poll()) {
            taken.add(error);
        }
        return taken;
    }

    /**
     * Stops everything. Gives the running invocations of each mapping, of the Invoke API and of
     * each queue 5 s to finish, one after another; then interrupts those of mappings and of the
     * Invoke API. Blocks until everything has stopped.
     */
    @Override
    public void close() {
        try {
            for (EventSourceMapping mapping : mappings) {
                mapping.stop(STOP_TIMEOUT);
            }
            functions.stop(STOP_TIMEOUT);
            for (SqsDelayQueue queue : queues) {
                queue.stop(STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("interrupted; closing without waiting for running invocations");
        }
        gateway.close();
        if (server != null) {
            server.stop();
        }
        connections.close();
        engine.close();
    }
}
