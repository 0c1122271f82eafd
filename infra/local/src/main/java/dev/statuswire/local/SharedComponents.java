package dev.statuswire.local;

import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.PublicUrl;
import dev.statuswire.core.settings.TableNames;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.local.reload.TypeReloader;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The objects that the handlers and the API share in one JVM. On AWS, each Lambda function creates
 * its own.
 */
final class SharedComponents {

    private final Environment environment;
    private final TableNames tables;
    private final DynamoDbEngine engine;
    private final Transitions transitions;
    private final RequestTypes types;
    private final TypeEnvironments typeEnvironments;
    private final Optional<TypeReloader> reloader;
    private volatile Optional<PublicUrl> publicUrl;
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final UnreadableItems unreadable = new UnreadableItems(metrics);

    SharedComponents(LocalSettings settings, DynamoDbEngine engine) {
        this.environment = new Environment(settings.environment());
        this.tables = TableNames.from(environment);
        this.engine = engine;
        this.publicUrl = PublicUrl.from(environment);
        this.transitions = new Transitions(settings.timing());
        this.typeEnvironments =
                new TypeEnvironments(environment, Map.of(DynamoDbClient.class, engine.client()));
        this.reloader = reloader(settings.typeFolders());
        this.types = reloader.map(TypeReloader::types).orElseGet(() -> fixedTypes(environment));
    }

    private Optional<TypeReloader> reloader(List<Path> folders) {
        return folders.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TypeReloader(
                                loaded(RequestTypes::load).all(),
                                environment.list("STATUSWIRE_RETIRED_TYPES"),
                                folders,
                                typeEnvironments,
                                steady()));
    }

    /** Loads the types of the class path. */
    private static RequestTypes fixedTypes(Environment environment) {
        return loaded(() -> RequestTypes.load(environment));
    }

    /**
     * Loads the request types of the class path. Reports an invalid type, or one that cannot be
     * loaded, as an error that the author of the type can fix.
     */
    private static RequestTypes loaded(Supplier<RequestTypes> load) {
        try {
            return load.get();
        } catch (IllegalStateException | ServiceConfigurationError broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
    }

    Environment environment() {
        return environment;
    }

    TableNames tables() {
        return tables;
    }

    DynamoDbEngine engine() {
        return engine;
    }

    Transitions transitions() {
        return transitions;
    }

    RequestTypes types() {
        return types;
    }

    TypeEnvironments typeEnvironments() {
        return typeEnvironments;
    }

    /** Returns what reloads the types of watched folders; empty if no folder is watched. */
    Optional<TypeReloader> reloader() {
        return reloader;
    }

    PrometheusMetrics metrics() {
        return metrics;
    }

    UnreadableItems unreadable() {
        return unreadable;
    }

    InstantSource clock() {
        return InstantSource.system();
    }

    InstantSource steady() {
        return SteadyClock.OF_PROCESS;
    }

    RequestStore store() {
        return new DynamoDbRequestStore(
                engine.client(), tables.requests(), transitions, unreadable, clock());
    }

    LinkStore linkStore() {
        return new DynamoDbLinks(engine.client(), tables.links(), clock());
    }

    Links links() {
        return new Links(linkStore(), store(), transitions, new SecureRandom(), clock());
    }

    /**
     * Returns the URL of the page, which links start with; empty until the server has started,
     * unless it is set.
     */
    Optional<PublicUrl> publicUrl() {
        return publicUrl;
    }

    /**
     * The server has started, and {@code page} is the URL of the page unless another one is set.
     */
    void started(URI page) {
        publicUrl = publicUrl.or(() -> Optional.of(PublicUrl.of(page)));
    }

    DueIndex index() {
        return new DynamoDbDueIndex(engine.client(), tables.requests());
    }

    ActivityLog activity() {
        return new ActivityLog(engine.client(), tables.activity(), InstantSource.system());
    }
}
