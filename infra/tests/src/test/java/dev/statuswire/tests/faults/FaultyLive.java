package dev.statuswire.tests.faults;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.statuswire.api.ApiDependencies;
import dev.statuswire.api.ApiSettings;
import dev.statuswire.api.AsyncApi;
import dev.statuswire.api.Persistence;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.PageClient;
import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.gateway.GatewayHandlers;
import dev.statuswire.emulator.gateway.GatewayLimits;
import dev.statuswire.emulator.gateway.GatewaySettings;
import dev.statuswire.emulator.gateway.WebSocketGateway;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.FailureDestination;
import dev.statuswire.emulator.mapping.MappingSettings;
import dev.statuswire.emulator.mapping.PositionsTable;
import dev.statuswire.notifier.LiveHandler;
import dev.statuswire.notifier.StatusNotifier;
import dev.statuswire.notifier.TicketAuthorizer;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.notifier.push.ConnectionGateway;
import io.javalin.Javalin;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * The live part of the runtime, with a proxy between the notifier and the gateway. It has no
 * workers; tests write the transitions.
 */
final class FaultyLive implements AutoCloseable {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final String REQUESTS = "statuswire-requests";
    private static final String CONNECTIONS = "statuswire-connections";
    private static final String POSITIONS = "statuswire-positions";
    private static final List<String> STEPS = List.of("only");

    private final DynamoDbEngine engine = EmbeddedDynamoDb.inMemory(0);
    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    private final RequestStore store =
            new DynamoDbRequestStore(engine.client(), REQUESTS, transitions);
    private final DynamoDbConnectionStore connections =
            new DynamoDbConnectionStore(engine.client(), CONNECTIONS, 1000, CLOCK);
    private final DynamoDbTickets tickets =
            new DynamoDbTickets(engine.client(), CONNECTIONS, new SecureRandom(), CLOCK);
    private final AtomicInteger failures = new AtomicInteger();
    private final WebSocketGateway gateway;
    private final FaultProxy pushes;
    private final ApiGatewayManagementApiClient management;
    private final EventSourceMapping mapping;
    private final Javalin server;
    private final ApiClient api;

    FaultyLive() {
        createTables();
        gateway = WebSocketGateway.start(gatewaySettings(), CLOCK, SteadyClock.OF_PROCESS);
        URI endpoint = gateway.connectionsEndpoint();
        pushes = new FaultProxy(endpoint);
        management = ConnectionGateway.client(pushes.uri().resolve(endpoint.getPath()));
        mapping = mapping();
        server = server().start("127.0.0.1", 0);
        api = new ApiClient(server.port());
        mapping.start();
    }

    private void createTables() {
        engine.client().createTable(TableDefinition.REQUESTS.named(REQUESTS));
        engine.client().createTable(TableDefinition.CONNECTIONS.named(CONNECTIONS));
        engine.client().createTable(PositionsTable.definition(POSITIONS));
    }

    private static GatewaySettings gatewaySettings() {
        return new GatewaySettings("/live", "local", 0, GatewayLimits.ofAws());
    }

    private EventSourceMapping mapping() {
        var notifier =
                new StatusNotifier(
                        new StatusNotifier.Collaborators(
                                RequestTypes.of(List.of()),
                                connections,
                                new InMemoryLinks(InstantSource.system()),
                                management,
                                FunctionHost.NONE,
                                new UnreadableItems(Metrics.NONE),
                                TimeAndRandomness.real()));
        RequestHandler<DynamodbEvent, StreamsEventResponse> counted =
                (event, context) -> {
                    StreamsEventResponse response = notifier.handleRequest(event, context);
                    failures.addAndGet(response.getBatchItemFailures().isEmpty() ? 0 : 1);
                    return response;
                };
        return new EventSourceMapping(
                MappingSettings.of("notifier", REQUESTS, POSITIONS)
                        .withRetries(10, Duration.ofHours(1)),
                engine,
                new FunctionDefinition<>(
                        "notifier", DynamodbEvent.class, counted, Duration.ofSeconds(60)),
                FailureDestination.LOGGED);
    }

    private Javalin server() {
        var asyncApi =
                new AsyncApi(
                        new Persistence(
                                store,
                                new DynamoDbDueIndex(engine.client(), REQUESTS),
                                transitions,
                                InMemoryLinks.to(store, transitions),
                                new UnreadableItems(Metrics.NONE)),
                        RequestTypes.of(List.of()),
                        new ApiDependencies(
                                Authentication.LOCAL,
                                tickets::issue,
                                (_, _) -> new ActivityPage(List.of(), Optional.empty()),
                                Map.of(),
                                List::of,
                                TimeAndRandomness.real()),
                        new PrometheusMetrics(),
                        ApiSettings.DEFAULT);
        var handlers =
                new GatewayHandlers(
                        new LiveHandler(connections, FunctionHost.NONE),
                        Set.of("subscribe", "ping"),
                        new TicketAuthorizer(tickets, FunctionHost.NONE),
                        Set.of("route.request.querystring." + TicketAuthorizer.TICKET));
        return Javalin.create(
                config -> {
                    config.startup.showJavalinBanner = false;
                    asyncApi.register(config);
                    gateway.register(config, handlers);
                });
    }

    /** Returns the proxy between the notifier and the gateway. */
    FaultProxy pushes() {
        return pushes;
    }

    PageClient page() {
        return PageClient.open(api);
    }

    ApiClient api() {
        return api;
    }

    /** Returns how many batches had a failure so far, and are therefore delivered again. */
    int failures() {
        return failures.get();
    }

    RequestKey submit(String id) {
        var key = new RequestKey("local", id);
        store.submit(key, new Submission("note", "{}"), now());
        return key;
    }

    void claim(RequestKey key) {
        done(key, transitions.claim(read(key), STEPS, Set.of(), now()));
    }

    void succeed(RequestKey key) {
        Request held = read(key);
        StepState last = held.steps().getLast().succeeded("{}", now());
        done(key, transitions.succeed(held, held.steps().size() - 1, last, "{}", now()));
    }

    private Request read(RequestKey key) {
        return store.find(key).orElseThrow();
    }

    private void done(RequestKey key, Transition transition) {
        if (!(store.apply(key, transition) instanceof WriteOutcome.Done)) {
            throw new AssertionError(transition.name());
        }
    }

    private static Instant now() {
        return CLOCK.instant();
    }

    @Override
    public void close() {
        pushes.heal();
        try {
            mapping.stop(Duration.ofSeconds(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
        management.close();
        server.stop();
        pushes.close();
        engine.close();
    }
}
