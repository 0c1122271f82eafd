package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.LocalContext;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket API on this machine. {@link #start} opens its {@code @connections} API, so that
 * handlers can be created with that address. {@link #register} then adds its path to a Javalin
 * server.
 *
 * <p>The gateway does not check {@code Host} and {@code Origin}. A {@code wsBeforeUpgrade} handler
 * that is registered before it can refuse a handshake by throwing an exception. The server's thread
 * waits while the handlers decide on a handshake, so the server should use virtual threads.
 *
 * <p>Thread-safe.
 */
public final class WebSocketGateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketGateway.class);

    /**
     * The timeout in a handler's context. The gateway stops waiting earlier, at the integration
     * timeout.
     */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration LONGEST_SWEEP_INTERVAL = Duration.ofSeconds(1);

    private final GatewaySettings settings;
    private final InstantSource clock;
    private final InstantSource steady;
    private final ConnectionIds ids = new ConnectionIds(new SecureRandom());
    private final ExecutorService executor;
    private final GatewayConnections connections;
    private final ConnectionsApi connectionsApi;
    private final URI connectionsEndpoint;
    private volatile boolean stopping;

    private WebSocketGateway(GatewaySettings settings, InstantSource clock, InstantSource steady) {
        this.settings = settings;
        this.clock = clock;
        this.steady = steady;
        this.executor =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("gateway-", 0).factory());
        this.connections = new GatewayConnections(settings.limits(), steady);
        this.connectionsApi =
                new ConnectionsApi(new ConnectionCommands(connections, settings), settings);
        this.connectionsEndpoint = connectionsApi.endpoint();
    }

    /**
     * Opens the {@code @connections} API.
     *
     * @param clock the wall clock, for times in events and responses
     * @param steady measures idle times and lifetimes
     * @throws dev.statuswire.emulator.loopback.PortException if the port is taken
     */
    public static WebSocketGateway start(
            GatewaySettings settings, InstantSource clock, InstantSource steady) {
        WebSocketGateway gateway = new WebSocketGateway(settings, clock, steady);
        gateway.connections.startSweeping(sweepInterval(settings.limits()));
        LOG.info("@connections API listening on {}", gateway.connectionsEndpoint);
        return gateway;
    }

    /** Adds the gateway's path to a server. Call it once, before the server starts. */
    public void register(JavalinConfig config, GatewayHandlers handlers) {
        ConnectionUpgrade upgrade =
                new ConnectionUpgrade(admission(handlers), settings.limits(), executor);
        config.routes.wsBeforeUpgrade(
                settings.path(),
                context -> {
                    if (stopping) {
                        upgrade.refuse(context, HandshakeRefusal.STOPPING);
                    } else {
                        upgrade.handle(context);
                    }
                });
        // Javalin does not treat a request without a version as a handshake.
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            config.routes.addHttpHandler(
                    method,
                    settings.path(),
                    context -> upgrade.refuse(context, HandshakeRefusal.OTHER_VERSION));
        }
        config.routes.ws(settings.path(), socket -> {});
        config.jetty.modifyServletContextHandler(WebSocketGateway::disableSessions);
        // Jetty keeps the HTTP connection of a socket, whose header cache takes 98 KB by default.
        config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheSize(0));
    }

    /**
     * Makes a server store no HTTP sessions. Javalin requests a session at each upgrade. Jetty
     * would keep it forever and send its cookie to the client.
     */
    private static void disableSessions(ServletContextHandler server) {
        var sessions = new SessionHandler();
        var cache = new NullSessionCache(sessions);
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
        sessions.setUsingCookies(false);
        server.setSessionHandler(sessions);
    }

    /**
     * Returns the endpoint of the {@code @connections} API, including the stage, for {@code
     * endpointOverride} of an {@code ApiGatewayManagementApiClient}.
     */
    public URI connectionsEndpoint() {
        return connectionsEndpoint;
    }

    /** Returns the number of connections that a backend can reach now. */
    public int openConnections() {
        return connections.reachableCount();
    }

    /**
     * Refuses new connections, closes all others with 1001, disconnects clients that do not
     * respond, and calls {@code $disconnect} for each. Blocks for at most three times the limits'
     * {@code closeGrace}. Idempotent.
     */
    @Override
    public void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        connections.close();
        Duration grace = settings.limits().closeGrace();
        Collection<GatewayConnection> all = connections.all();
        all.forEach(connection -> connection.close(CloseReason.GOING_AWAY));
        boolean closed = await(all, GatewayConnection::socketClosed, grace);
        all.forEach(GatewayConnection::abandon);
        boolean notified = await(all, GatewayConnection::disconnectReturned, grace.multipliedBy(2));
        connectionsApi.close();
        executor.shutdownNow();
        LOG.info(
                "closed the gateway with {} sockets; {}; $disconnect {}",
                all.size(),
                closed ? "all closed in time" : "disconnected some",
                notified ? "returned for all" : "was interrupted for some");
    }

    private HandshakeAdmission admission(GatewayHandlers handlers) {
        WebSocketEvents events =
                new WebSocketEvents(
                        settings.stage(), connectionsEndpoint.getAuthority(), ids, clock);
        LambdaIntegration integration =
                new LambdaIntegration(
                        invokerOf(handlers.routes()),
                        new RouteSelection(handlers.routeKeys()),
                        events,
                        settings.limits().messageBytes());
        var function = handlers.authorizer();
        Authorizer authorizer =
                function == null
                        ? null
                        : new Authorizer(invokerOf(function), handlers.identitySources(), events);
        return new HandshakeAdmission(
                authorizer, integration, connectionsOf(integration), ids, clock, steady);
    }

    private <I, O> LambdaInvoker<I, O> invokerOf(RequestHandler<I, O> handler) {
        Duration timeout = settings.limits().integrationTimeout();
        var function =
                new FunctionDefinition<>(
                        "websocket-api", Object.class, (_, _) -> null, FUNCTION_TIMEOUT);
        return new LambdaInvoker<>(
                handler, executor, timeout, () -> new LocalContext(function, ids.next(), steady));
    }

    private Function<ConnectionFacts, GatewayConnection> connectionsOf(
            LambdaIntegration integration) {
        return facts -> {
            GatewayConnection connection =
                    new GatewayConnection(facts, integration, outbound(), lane(), clock, steady);
            connections.add(connection);
            if (stopping) {
                connection.close(CloseReason.GOING_AWAY);
            }
            return connection;
        };
    }

    private OutboundMessages outbound() {
        GatewayLimits limits = settings.limits();
        return new OutboundMessages(
                new OutboundBuffer(limits.outboundBytes(), limits.frameBytes()));
    }

    private InboundLane lane() {
        return new InboundLane(executor, settings.limits().messageBytes());
    }

    private static Duration sweepInterval(GatewayLimits limits) {
        Duration tenthOfIdle = limits.idle().dividedBy(10);
        return tenthOfIdle.compareTo(LONGEST_SWEEP_INTERVAL) < 0
                ? tenthOfIdle
                : LONGEST_SWEEP_INTERVAL;
    }

    /** Returns whether the event happened for all connections in time. */
    private static boolean await(
            Collection<GatewayConnection> all,
            Function<GatewayConnection, CompletableFuture<Void>> event,
            Duration timeout) {
        CompletableFuture<?>[] events =
                all.stream().map(event).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(events).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException late) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
