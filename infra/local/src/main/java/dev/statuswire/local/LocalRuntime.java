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
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.engine.ExternalDynamoDb;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.loopback.ListeningPort;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.identity.AccessTokenVerifier;
import dev.statuswire.identity.OidcSettings;
import dev.statuswire.local.reload.ReloadLoop;
import dev.statuswire.local.reload.TypeReloader;
import dev.statuswire.types.activity.ActivityRecorder;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all of Statuswire in one JVM. Starts the components in the order of their dependencies and
 * stops them in reverse order: first it accepts no new work, and it closes the database last.
 * Thread-safe.
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
    private final TypeEnvironments typeEnvironments;
    private final Optional<TypeReloader> reloader;
    private final Optional<ReloadLoop> reloadLoop;

    private LocalRuntime(LocalSettings settings, DynamoDbEngine engine) {
        this.engine = engine;
        var components = new SharedComponents(settings, engine);
        typeEnvironments = components.typeEnvironments();
        reloader = components.reloader();
        new LocalTables(engine.client(), components.tables()).makeWhatIsMissing();
        var mappings = new LocalMappings(components, settings.pollInterval());
        processing = new ProcessingComponents(components, mappings);
        live = new LiveComponents(components, mappings);
        reloadLoop = reloader.map(it -> new ReloadLoop(it, live::announceTypes));
        activity = mappings.of("activity", components.tables().users(), recorder(components));
        server = server(components, settings.listen());
    }

    /**
     * Starts all components. Blocks until the runtime is ready.
     *
     * @throws IllegalArgumentException if a setting or a request type is invalid
     * @throws dev.statuswire.emulator.engine.EngineStartException if the database cannot be started
     * @throws dev.statuswire.emulator.loopback.PortException if the port is taken
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
        runtime.reloadLoop.ifPresent(ReloadLoop::start);
        return runtime;
    }

    private static void warnIfPublicWithoutLogin(LocalSettings settings) {
        var environment = new Environment(settings.environment());
        if (environment.text("STATUSWIRE_PUBLIC_URL").isPresent()
                && OidcSettings.from(environment).isEmpty()) {
            LOG.warn(
                    "a public URL is set without an issuer, so every caller that reaches the proxy"
                            + " is the owner \"local\"; set STATUSWIRE_OIDC_ISSUER unless you are"
                            + " the only user");
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

    private static FunctionDefinition<DynamodbEvent, ?> recorder(SharedComponents components) {
        return new FunctionDefinition<>(
                "statuswire-activity",
                DynamodbEvent.class,
                new ActivityRecorder(components.activity(), FunctionHost.NONE),
                FunctionTimeouts.ACTIVITY);
    }

    private Javalin server(SharedComponents components, LocalSettings.ListenAddress listen) {
        var api =
                new AsyncApi(
                        new Persistence(
                                components.store(),
                                components.index(),
                                components.transitions(),
                                components.links(),
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
                    config.events.serverStarted(() -> components.started(pageUri()));
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
                () -> reloader.map(TypeReloader::errors).orElse(List.of()),
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

    /**
     * Returns the origins that the page calls to log users in: the issuer's and additional ones.
     */
    private static List<String> loginOrigins(SharedComponents components) {
        return Stream.concat(
                        OidcSettings.from(components.environment()).stream()
                                .map(oidc -> oidc.issuer().resolve("/").toString())
                                .map(origin -> origin.substring(0, origin.length() - 1)),
                        components.environment().list("STATUSWIRE_OIDC_ORIGINS").stream())
                .toList();
    }

    /** Returns how long finished requests are kept according to the environment. */
    static Duration retention(Map<String, String> environment) {
        return StoreSettings.from(new Environment(environment)).timing().retention();
    }

    /** Returns the URL of the page, with a trailing slash. */
    public URI pageUri() {
        return URI.create("http://" + ListeningPort.LOOPBACK + ":" + server.port() + "/");
    }

    /** Returns the endpoint of the database. */
    public URI dynamoDbUri() {
        return engine.endpoint();
    }

    /** Returns the text that is printed after the start. */
    String description() {
        return """

        Statuswire is running. Press Ctrl-C to stop it.

          page       %s
          API        %srequests   (%sopenapi.yaml)
          DynamoDB   %s
        """
                .formatted(pageUri(), pageUri(), pageUri(), dynamoDbUri());
    }

    /**
     * Shuts the runtime down gracefully: accepts no new work, gives running work up to 8 s to
     * finish and then hands it back, closes the sockets, and closes the database. Blocks for about
     * 10 s at most, or longer if work does not respond to an interrupt. Further calls have no
     * effect.
     */
    @Override
    public void close() {
        try {
            if (reloadLoop.isPresent()) {
                reloadLoop.get().stop();
            }
            processing.stop(TO_FINISH);
            activity.stop(TO_PUSH);
            live.stop(TO_PUSH);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.warn(
                    "the shutdown was interrupted; the next start continues the unfinished"
                            + " requests");
        }
        stopServer();
        typeEnvironments.close();
        reloader.ifPresent(TypeReloader::close);
        engine.close();
    }

    /** Stops the server. Javalin throws an exception if a call is still running after 2 s. */
    private void stopServer() {
        try {
            server.stop();
        } catch (RuntimeException late) {
            LOG.info("the shutdown aborted a running call: {}", late.toString());
        }
    }
}
