package dev.statuswire.api;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.http.Problems;
import dev.statuswire.api.http.RouteTable;
import dev.statuswire.api.http.ServerProblems;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.core.type.RequestTypes;
import io.javalin.config.JavalinConfig;
import java.util.function.Supplier;

/**
 * The async API, to be added to a Javalin server beside whatever else that server does. Accepts
 * requests at once and shows their status; the work is done elsewhere. The contract is {@code
 * openapi.yaml}, which it serves too.
 */
public final class AsyncApi {

    private final Routes routes;
    private final Problems problems;
    private final HostAndOrigin guard;

    /**
     * @throws IllegalStateException where the input schema of a type is broken
     */
    public AsyncApi(
            Persistence persistence,
            RequestTypes types,
            Surroundings surroundings,
            PrometheusMetrics metrics,
            ApiSettings settings) {
        // UUIDs of version 7, so that the order of ids is the order of time.
        TimeBasedEpochRandomGenerator generator = Generators.timeBasedEpochRandomGenerator();
        Supplier<String> newIds = () -> generator.generate().toString();
        this.routes = new Routes(persistence, types, surroundings, metrics, settings, newIds);
        this.problems = new Problems(newIds);
        this.guard = new HostAndOrigin(settings.allowedHosts(), settings.allowedOrigins());
    }

    /**
     * Adds the API to a server: its routes, and for everything on that server the check of {@code
     * Host} and {@code Origin} (sockets included) and problem documents for what goes wrong. Calls
     * are handled on virtual threads, since those that wait for a change hold theirs for up to 20
     * s.
     */
    public void register(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.routes.before(guard::check);
        config.routes.wsBeforeUpgrade(guard::checkUpgrade);
        RouteTable.add(routes.all(), config.routes);
        problems.addTo(config.routes);
        config.router.javaLangErrorHandler(problems::answerError);
        config.jetty.modifyServer(server -> server.setErrorHandler(new ServerProblems()));
        config.events.serverStopping(routes::stop);
    }
}
