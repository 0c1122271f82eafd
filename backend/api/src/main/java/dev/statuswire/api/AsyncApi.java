package dev.statuswire.api;

import dev.statuswire.api.http.ExceptionProblems;
import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.http.PercentEncodingCheck;
import dev.statuswire.api.http.RouteTable;
import dev.statuswire.api.http.ServerErrorProblems;
import dev.statuswire.api.http.ServerWarmUp;
import dev.statuswire.api.http.TimeOrderedIds;
import dev.statuswire.api.http.TrustedForwarding;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.core.type.RequestTypes;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.Server;

/**
 * The async API, which can be added to a Javalin server that also serves other paths. Accepts
 * requests at once and returns their status; other components do the work. Its contract is {@code
 * openapi.yaml}, which it also serves.
 */
public final class AsyncApi {

    /** How long calls in progress may take once the server stops. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final Routes routes;
    private final ExceptionProblems problems;
    private final HostAndOrigin guard;
    private final TrustedForwarding forwarding;

    /**
     * Creates the API.
     *
     * @throws IllegalStateException if the input schema of a type is invalid
     */
    public AsyncApi(
            Persistence persistence,
            RequestTypes types,
            ApiDependencies dependencies,
            PrometheusMetrics metrics,
            ApiSettings settings) {
        this.guard = new HostAndOrigin(settings.allowedHosts(), settings.allowedOrigins());
        this.forwarding = new TrustedForwarding(settings.trustedProxies());
        this.routes = new Routes(persistence, types, dependencies, metrics, settings, guard);
        this.problems = new ExceptionProblems(new TimeOrderedIds());
    }

    /**
     * Adds the API to a server. The API's routes are added; for every path of the server, sockets
     * included, {@code Host} and {@code Origin} are checked and errors give problem documents. The
     * server handles calls on virtual threads, because a call that waits for a change occupies its
     * thread for up to 20 s. Before it listens, the server warms up with one {@code GET /types} and
     * one WebSocket upgrade.
     */
    public void register(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(http -> http.addCustomizer(forwarding));
        config.routes.before(guard::check);
        config.routes.before(PercentEncodingCheck::check);
        config.routes.wsBeforeUpgrade(guard::checkUpgrade);
        RouteTable.add(routes.all(), config.routes);
        problems.addTo(config.routes);
        config.router.javaLangErrorHandler(problems::answerError);
        config.jetty.modifyServer(
                server -> {
                    configure(server);
                    config.events.serverStarting(() -> server.addBean(new ServerWarmUp(server)));
                });
        config.events.serverStopping(routes::stop);
    }

    private static void configure(Server server) {
        server.setErrorHandler(new ServerErrorProblems());
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
    }
}
