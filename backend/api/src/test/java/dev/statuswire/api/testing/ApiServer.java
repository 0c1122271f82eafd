package dev.statuswire.api.testing;

import dev.statuswire.api.ApiDependencies;
import dev.statuswire.api.ApiSettings;
import dev.statuswire.api.AsyncApi;
import dev.statuswire.api.Persistence;
import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.http.OwnerResolver;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.live.TicketIssuer;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.api.operate.TypeLoadError;
import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.time.Waiting;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A server with only the API, on a free port. */
public final class ApiServer implements AutoCloseable {

    private final Javalin javalin;

    private ApiServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Starts a server that uses {@code table}. */
    public static ApiServer over(DynamoDbClient dynamoDb, String table) {
        return over(dynamoDb, table, parts -> {});
    }

    /** Starts a server that uses {@code table}, after {@code change} has changed its parts. */
    public static ApiServer over(DynamoDbClient dynamoDb, String table, Consumer<Parts> change) {
        var parts =
                new Parts(
                        new DynamoDbRequestStore(dynamoDb, table, Parts.TRANSITIONS),
                        new DynamoDbDueIndex(dynamoDb, table));
        change.accept(parts);
        return start(parts);
    }

    /** Starts a server with these parts. */
    public static ApiServer start(Parts parts) {
        var api = api(parts);
        return new ApiServer(
                Javalin.create(
                                config -> {
                                    config.startup.showJavalinBanner = false;
                                    config.startup.startupWatcherEnabled = false;
                                    api.register(config);
                                    config.jetty.modifyServer(
                                            server ->
                                                    server.setStopTimeout(
                                                            parts.stopTimeout.toMillis()));
                                    parts.more.accept(config);
                                })
                        .start("127.0.0.1", 0));
    }

    /** Creates the API with these parts, for a server that the caller starts. */
    public static AsyncApi api(Parts parts) {
        return new AsyncApi(
                new Persistence(
                        parts.store,
                        parts.index,
                        Parts.TRANSITIONS,
                        parts.links(),
                        new UnreadableItems(Metrics.NONE)),
                parts.types,
                new ApiDependencies(
                        parts.identity,
                        parts.tickets,
                        parts.activity,
                        parts.health,
                        () -> parts.typeErrors,
                        parts.time()),
                parts.metrics,
                parts.settings);
    }

    /** Returns the port of the server. */
    public int port() {
        return javalin.port();
    }

    /** Returns a client of this server that checks every response against the contract. */
    public ApiClient client() {
        return new ApiClient(port());
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /** The parts of a server, which a test can change before it starts the server. */
    public static final class Parts {

        /** Transitions with the default leases and retention. */
        public static final Transitions TRANSITIONS = new Transitions(TransitionTiming.DEFAULT);

        public RequestStore store;
        public DueIndex index;

        /** The links; if it is null, they are in memory. */
        public @Nullable LinkStore linkStore;

        public RequestTypes types = TestTypes.all();
        public Authentication identity = Authentication.LOCAL;
        public TicketIssuer tickets =
                topic -> new Ticket("ticket-of-" + topic.owner() + "-0123456789", Instant.EPOCH);
        public UserActivity activity =
                (username, query) -> new ActivityPage(List.of(), Optional.empty());
        public Map<String, HealthCheck> health = new HashMap<>();
        public List<TypeLoadError> typeErrors = List.of();
        public InstantSource clock = InstantSource.system();

        /** Measures durations; if it is null, {@link #clock} does. */
        public @Nullable InstantSource steady;

        public Waiting waiting = Waiting.REAL;
        public PrometheusMetrics metrics = new PrometheusMetrics();
        public ApiSettings settings = ApiSettings.DEFAULT;
        public Consumer<JavalinConfig> more = config -> {};

        /** Zero, so that tests do not wait for connections that are no longer needed. */
        public Duration stopTimeout = Duration.ZERO;

        public Parts(RequestStore store, DueIndex index) {
            this.store = store;
            this.index = index;
        }

        private Links links() {
            LinkStore its = linkStore == null ? new InMemoryLinks(clock) : linkStore;
            return new Links(its, store, TRANSITIONS, new SecureRandom(), clock);
        }

        private TimeAndRandomness time() {
            return new TimeAndRandomness(
                    clock, steady == null ? clock : steady, new SecureRandom(), waiting);
        }

        /** Resolves owners in another way, without an issuer. */
        public void owners(OwnerResolver owners) {
            identity = new Authentication(owners, Optional.empty());
        }
    }
}
