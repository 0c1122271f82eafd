package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.live.Tickets;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.settings.FunctionTimeouts;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.gateway.GatewayHandlers;
import dev.statuswire.emulator.gateway.GatewayLimits;
import dev.statuswire.emulator.gateway.GatewaySettings;
import dev.statuswire.emulator.gateway.WebSocketGateway;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.notifier.LiveHandler;
import dev.statuswire.notifier.StatusNotifier;
import dev.statuswire.notifier.TicketAuthorizer;
import dev.statuswire.notifier.TypesAnnouncement;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.notifier.push.ConnectionGateway;
import io.javalin.config.JavalinConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Runs the live updates: the gateway, its handlers, and the notifier with its event source mapping.
 */
final class LiveComponents {

    private static final String PATH = "/live";
    private static final String STAGE = "local";
    private static final int MAX_CONNECTIONS = 1000;

    private final Tickets tickets;
    private final GatewayHandlers handlers;
    private final WebSocketGateway gateway;
    private final ApiGatewayManagementApiClient pushes;
    private final EventSourceMapping mapping;
    private final TypesAnnouncement typesAnnouncement;

    LiveComponents(SharedComponents components, LocalMappings mappings) {
        String table = components.tables().connections();
        var connections =
                new DynamoDbConnectionStore(
                        components.engine().client(),
                        table,
                        components
                                .environment()
                                .number("STATUSWIRE_MAX_CONNECTIONS", MAX_CONNECTIONS),
                        components.clock());
        tickets =
                new DynamoDbTickets(
                        components.engine().client(),
                        table,
                        new SecureRandom(),
                        components.clock());
        handlers =
                new GatewayHandlers(
                        new LiveHandler(connections, FunctionHost.NONE),
                        Set.of("subscribe", "ping"),
                        new TicketAuthorizer(tickets, FunctionHost.NONE),
                        Set.of("route.request.querystring." + TicketAuthorizer.TICKET));
        gateway =
                WebSocketGateway.start(
                        new GatewaySettings(PATH, STAGE, 0, GatewayLimits.ofAws()),
                        components.clock(),
                        components.steady());
        pushes = ConnectionGateway.client(gateway.connectionsEndpoint());
        var notifier =
                new FunctionDefinition<>(
                        "statuswire-notifier",
                        DynamodbEvent.class,
                        new StatusNotifier(
                                new StatusNotifier.Collaborators(
                                        components.types(),
                                        connections,
                                        components.linkStore(),
                                        pushes,
                                        FunctionHost.keeping(components.metrics()),
                                        components.unreadable(),
                                        TimeAndRandomness.real())),
                        FunctionTimeouts.NOTIFIER);
        typesAnnouncement =
                new TypesAnnouncement(
                        connections, pushes, components.metrics(), TimeAndRandomness.real());
        mapping = mappings.of("notifier", components.tables().requests(), notifier);
    }

    void register(JavalinConfig config) {
        gateway.register(config, handlers);
    }

    void start() {
        mapping.start();
    }

    /** Issues a ticket for {@code topic}. */
    Ticket ticket(Topic topic) {
        return tickets.issue(topic);
    }

    /** Tells every open page that the request types have changed. Blocks. */
    void announceTypes() {
        typesAnnouncement.push();
    }

    /** Stops the pushes, then closes the sockets. */
    void stop(Duration deadline) throws InterruptedException {
        mapping.stop(deadline);
        gateway.close();
        pushes.close();
    }
}
