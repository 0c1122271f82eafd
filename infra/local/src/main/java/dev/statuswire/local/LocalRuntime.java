package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.api.ApiDependencies;
import dev.statuswire.api.ApiSettings;
import dev.statuswire.api.AsyncApi;
import dev.statuswire.api.Persistence;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.FunctionTimeouts;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.engine.ExternalDynamoDb;
import dev.statuswire.emulator.function.LocalFunction;
import dev.statuswire.emulator.loopback.ListeningPort;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.identity.AccessTokenVerifier;
import dev.statuswire.identity.OidcSettings;
import dev.statuswire.types.activity.ActivityRecorder;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statuswire in one JVM. Starts in the order in which its parts need each other, and stops in the
 * reverse: no new work first, the database last. Thread-safe.
 */
public final class LocalRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);

    private static final Duration TO_FINISH = Duration.ofSeconds(8);
    private static final Duration TO_PUSH = Duration.ofMillis(500);

    private final DynamoDbEngine engine;
    private final ProcessingComponents processing;
    private final LiveComponents live;
    private final EventSourceMapping activity;
    private final Javalin server;

    private LocalRuntime(LocalSettings settings, DynamoDbEngine engine) {
        this.engine = engine;
        var components = new SharedComponents(settings, engine);
        new LocalTables(engine.client(), components.tables()).makeWhatIsMissing();
        var mappings = new LocalMappings(components, settings.pollInterval());
        processing = new ProcessingComponents(components, mappings);
        live = new LiveComponents(components, mappings);
        activity = mappings.of("activity", components.tables().users(), recorder(components));
        server = server(components, settings.listen());
    }

    /**
     * Starts everything; it is ready once this returns. Blocks meanwhile.
     *
     * @throws IllegalArgumentException where a setting or a request type breaks a rule
     * @throws dev.statuswire.emulator.engine.EngineStartException where the database cannot be
     *     started
     * @throws dev.statuswire.emulator.loopback.PortException where the port is taken
     */
    public static LocalRuntime start(LocalSettings settings) {
        DynamoDbEngine engine = engine(settings.database());
        LocalRuntime runtime = make(settings, engine);
        try {
            runtime.server.start();
        } catch (RuntimeException failed) {
            runtime.close();
            throw failed;
        }
        warnIfPublicWithoutLogin(settings);
        runtime.processing.start();
        runtime.live.start();
        runtime.activity.start();
        return runtime;
    }

    private static void warnIfPublicWithoutLogin(LocalSettings settings) {
        var environment = new Environment(settings.environment());
        if (environment.text("STATUSWIRE_PUBLIC_URL").isPresent()
                && OidcSettings.from(environment).isEmpty()) {
            LOG.warn(
                    "a public URL is set and no issuer: everybody who reaches the proxy is the owner"
                            + " \"local\"; set STATUSWIRE_OIDC_ISSUER unless it is for you alone");
        }
    }

    private static LocalRuntime make(LocalSettings settings, DynamoDbEngine engine) {
        try {
            return new LocalRuntime(settings, engine);
        } catch (RuntimeException failed) {
            engine.close();
            throw failed;
        }
    }

    private static DynamoDbEngine engine(LocalSettings.Database database) {
        return switch (database) {
            case LocalSettings.Database.OnDisk(var folder, int port) ->
                    EmbeddedDynamoDb.onDisk(folder, port);
            case LocalSettings.Database.InMemory(int port) -> EmbeddedDynamoDb.inMemory(port);
            case LocalSettings.Database.External(URI endpoint) -> new ExternalDynamoDb(endpoint);
        };
    }

    private static LocalFunction<DynamodbEvent, ?> recorder(SharedComponents components) {
        return new LocalFunction<>(
                "statuswire-activity",
                DynamodbEvent.class,
                new ActivityRecorder(components.activity(), FunctionHost.NONE),
                FunctionTimeouts.ACTIVITY);
    }

    private Javalin server(SharedComponents components, LocalSettings.Listen listen) {
        var api =
                new AsyncApi(
                        new Persistence(
                                components.store(),
                                components.index(),
                                components.transitions(),
                                components.unreadable()),
                        components.types(),
                        dependencies(components),
                        components.metrics(),
                        ApiSettings.from(components.environment()));
        return Javalin.create(
                config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.addConnector(
                            (jetty, http) ->
                                    ListeningPort.open(
                                            "the page",
                                            listen.address(),
                                            listen.port(),
                                            connector(jetty, http)));
                    api.register(config);
                    live.register(config);
                    PageAssets.register(config, loginOrigins(components));
                });
    }

    private static ServerConnector connector(Server jetty, HttpConfiguration http) {
        return new ServerConnector(jetty, new HttpConnectionFactory(http));
    }

    private ApiDependencies dependencies(SharedComponents components) {
        return new ApiDependencies(
                identity(components),
                live::ticket,
                components.activity()::of,
                Map.of("sweeper", processing::isSweeping),
                TimeAndRandomness.real());
    }

    private static Authentication identity(SharedComponents components) {
        return OidcSettings.from(components.environment())
                .map(
                        issuer ->
                                Authentication.of(
                                        issuer,
                                        AccessTokenVerifier.Keys.STANDARD,
                                        components.clock(),
                                        components.steady()))
                .orElse(Authentication.LOCAL);
    }

    /** Where the issuer is, and what else the page has to reach to log people in. */
    private static List<String> loginOrigins(SharedComponents components) {
        return Stream.concat(
                        OidcSettings.from(components.environment()).stream()
                                .map(oidc -> oidc.issuer().resolve("/").toString())
                                .map(origin -> origin.substring(0, origin.length() - 1)),
                        components.environment().list("STATUSWIRE_OIDC_ORIGINS").stream())
                .toList();
    }

    /** How long finished requests are kept, as the environment says. */
    static Duration retention(Map<String, String> environment) {
        return StoreSettings.from(new Environment(environment)).timing().retention();
    }

    /** Where the page is, with a slash at its end. */
    public URI pageUri() {
        return URI.create("http://" + ListeningPort.LOOPBACK + ":" + server.port() + "/");
    }

    /** Where the database is. */
    public URI dynamoDbUri() {
        return engine.endpoint();
    }

    /** What a person who has just started it wants to know. */
    String description() {
        return """

        Statuswire runs. Ctrl-C ends it in order.

          page       %s
          API        %srequests   (%sopenapi.yaml)
          DynamoDB   %s
        """
                .formatted(pageUri(), pageUri(), pageUri(), dynamoDbUri());
    }

    /**
     * Ends it in order: no new work, what runs may finish for up to 8 s and is handed back then,
     * sockets are closed, the database is closed. Blocks for about 10 s at most, longer only for
     * what does not heed an interrupt. Closing twice is closing once.
     */
    @Override
    public void close() {
        try {
            processing.stop(TO_FINISH);
            activity.stop(TO_PUSH);
            live.stop(TO_PUSH);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.warn("the end was cut short; the next start goes on from here");
        }
        stopServer();
        engine.close();
    }

    /** Javalin throws where a call is still under way after 2 s. */
    private void stopServer() {
        try {
            server.stop();
        } catch (RuntimeException late) {
            LOG.info("a call was cut short by the end: {}", late.toString());
        }
    }
}
