package dev.statuswire.local.reload;

import dev.statuswire.api.operate.TypeLoadError;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidTypeException;
import dev.statuswire.sdk.JsonConversion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the request types of folders, and replaces those whose jars have changed. A folder whose
 * types cannot be loaded keeps its previous version. One thread at a time calls {@link #look} and
 * {@link #close}; any thread may read {@link #types} and {@link #errors}.
 */
public final class TypeReloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TypeReloader.class);

    /** How long a jar must be unchanged before it is loaded. */
    private static final Duration SETTLED = Duration.ofMillis(150);

    /** How long an unreadable jar must be unchanged before it is reported. */
    private static final Duration SURELY_COMPLETE = Duration.ofSeconds(2);

    /**
     * How long a replaced version remains usable, which is longer than its running steps may take
     * until they are handed back.
     */
    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(10);

    private final List<Definition<?>> fixed;
    private final List<String> retiredNames;
    private final List<WatchedFolder> folders;
    private final ClassLoader parent;
    private final TypeEnvironments environments;
    private final InstantSource steady;
    private final RequestTypes types = RequestTypes.of(List.of());
    private final List<Replaced> replaced = new ArrayList<>();
    private volatile List<TypeLoadError> errors = List.of();

    /** A version that is no longer offered. */
    private record Replaced(LoadedTypes types, Instant closeAt) {}

    /**
     * Loads the types of the folders. A folder that cannot be loaded is reported, and offers no
     * types until its jars change.
     *
     * @param fixed the types of the class path, which are never replaced
     * @param retiredNames the names of types that are not offered, including types that may appear
     *     later
     * @param folders folders of jars, and Maven projects
     * @param environments what the types have created is closed after they were replaced
     * @param steady a monotonic clock
     * @throws IllegalArgumentException if a folder does not exist
     */
    public TypeReloader(
            Collection<Definition<?>> fixed,
            Collection<String> retiredNames,
            List<Path> folders,
            TypeEnvironments environments,
            InstantSource steady) {
        this.fixed = List.copyOf(fixed);
        this.retiredNames = List.copyOf(retiredNames);
        this.folders = folders.stream().map(TypeFolder::new).map(WatchedFolder::new).toList();
        this.parent = Thread.currentThread().getContextClassLoader();
        this.environments = environments;
        this.steady = steady;
        this.folders.forEach(it -> it.folder().requireExists());
        types.replace(all(this.fixed));
        look(Duration.ZERO);
        this.retiredNames.stream()
                .filter(name -> types.find(name).isEmpty())
                .forEach(name -> LOG.warn("the retired type {} does not exist yet", name));
    }

    /** Returns the types. Their object stays the same while they change. */
    public RequestTypes types() {
        return types;
    }

    /** Returns the folders whose newest types could not be loaded, with the reasons. */
    public List<TypeLoadError> errors() {
        return errors;
    }

    /**
     * Looks for changed jars once, and loads them. Closes what was replaced some time ago.
     *
     * @return whether the types have changed
     */
    public boolean look() {
        closeReplaced();
        return look(SETTLED);
    }

    private boolean look(Duration settled) {
        long before = types.version();
        Instant now = steady.instant();
        for (WatchedFolder folder : folders) {
            folder.look(now);
            if (folder.hasChanged(now, settled)) {
                update(folder, now);
            }
        }
        errors =
                folders.stream()
                        .flatMap(it -> it.failure().map(why -> error(it, why)).stream())
                        .toList();
        if (types.version() == before) {
            return false;
        }
        folders.forEach(WatchedFolder::retryIfFailed); // The name that was taken may be free now.
        return true;
    }

    private void update(WatchedFolder folder, Instant now) {
        if (folder.jars().isEmpty()) {
            remove(folder, now);
            return;
        }
        try {
            load(folder, now);
        } catch (TypeLoadException failed) {
            if (!failed.mayBeIncomplete() || folder.isUnchangedFor(SURELY_COMPLETE, now)) {
                fail(folder, failed);
            }
        }
    }

    private static TypeLoadError error(WatchedFolder folder, TypeLoadException failure) {
        return new TypeLoadError(folder.folder().name(), failure.shown());
    }

    private void load(WatchedFolder folder, Instant now) throws TypeLoadException {
        List<JarVersion> jars = folder.jars();
        LoadedTypes loaded = LoadedTypes.load(jars, parent);
        boolean isActive = false;
        try {
            if (folder.folder().jars().equals(jars)) {
                activate(folder, loaded, now);
                isActive = true;
            } // Otherwise a jar was written while it was copied; it is loaded when it has settled.
        } finally {
            if (!isActive) {
                loaded.close();
            }
        }
    }

    private void activate(WatchedFolder folder, LoadedTypes loaded, Instant now)
            throws TypeLoadException {
        types.replace(candidate(folder, loaded));
        LOG.info(
                folder.active().isPresent()
                        ? "reloaded {} from {}; running steps of the previous version get 5 s"
                        : "loaded {} from {}",
                names(loaded),
                folder.folder());
        replace(folder, Optional.of(loaded), now);
    }

    /**
     * Returns all types, with {@code loaded} instead of the active version of the folder.
     *
     * @throws TypeLoadException if a name is taken, or a schema is invalid
     */
    private RequestTypes candidate(WatchedFolder folder, LoadedTypes loaded)
            throws TypeLoadException {
        var definitions = new ArrayList<>(others(folder));
        for (Definition<?> definition : loaded.definitions()) {
            if (definitions.stream().anyMatch(it -> it.name().equals(definition.name()))) {
                throw TypeLoadException.of(
                        "request type %s: %s already has a type with this name"
                                .formatted(definition.name(), sourceOf(definition.name(), folder)));
            }
        }
        definitions.addAll(loaded.definitions());
        try {
            new InputSchemas(all(loaded.definitions())).requireValidExamples();
            return all(definitions);
        } catch (InvalidTypeException invalid) {
            throw TypeLoadException.of(invalid);
        } catch (Throwable thrown) { // Code of the author runs here, to write the example as JSON.
            throw TypeLoadException.of("", thrown);
        }
    }

    private List<Definition<?>> others(WatchedFolder folder) {
        return Stream.concat(
                        fixed.stream(),
                        folders.stream()
                                .filter(it -> it != folder)
                                .flatMap(it -> it.active().stream())
                                .flatMap(it -> it.definitions().stream()))
                .<Definition<?>>map(it -> it)
                .toList();
    }

    private String sourceOf(String type, WatchedFolder except) {
        return folders.stream()
                .filter(it -> it != except)
                .filter(it -> it.active().filter(active -> active.has(type)).isPresent())
                .map(it -> it.folder().toString())
                .findFirst()
                .orElse("the class path");
    }

    private RequestTypes all(List<Definition<?>> definitions) {
        RequestTypes all = RequestTypes.of(definitions);
        return all.retire(retiredNames.stream().filter(it -> all.find(it).isPresent()).toList());
    }

    /** A build deletes the jar of a project before it writes the new one, so its types stay. */
    private void remove(WatchedFolder folder, Instant now) {
        Optional<LoadedTypes> active = folder.active();
        if (active.isEmpty()) {
            LOG.info("{} has no jar yet; its types are loaded when it has one", folder.folder());
            folder.activate(active);
        } else if (folder.folder().isProject()) {
            LOG.info("the jar of {} was deleted; its last version stays active", folder.folder());
            folder.keep();
        } else {
            types.replace(all(others(folder)));
            LOG.info(
                    "{} has no jars any more; {} is no longer offered",
                    folder.folder(),
                    names(active.get()));
            replace(folder, Optional.empty(), now);
        }
    }

    private void replace(WatchedFolder folder, Optional<LoadedTypes> newest, Instant now) {
        folder.active().ifPresent(old -> replaced.add(new Replaced(old, now.plus(UNTIL_CLOSED))));
        folder.activate(newest);
    }

    /** Reports each failure once, and again after the next build if that did not help. */
    private static void fail(WatchedFolder folder, TypeLoadException failed) {
        if (!folder.hasFailedWith(failed)) {
            LOG.warn(
                    "could not load {}: {}; {}",
                    folder.folder(),
                    failed.getMessage(),
                    folder.active().isPresent()
                            ? "the previous version stays active"
                            : "its types are not offered");
            LOG.debug("the reason in full", failed);
        }
        folder.fail(failed);
    }

    private static String names(LoadedTypes types) {
        return types.definitions().stream().map(Definition::name).collect(Collectors.joining(", "));
    }

    private void closeReplaced() {
        Instant now = steady.instant();
        List<Replaced> due = replaced.stream().filter(it -> !it.closeAt().isAfter(now)).toList();
        if (!due.isEmpty()) {
            replaced.removeAll(due);
            due.forEach(it -> close(it.types()));
        }
    }

    /** Closes a version of which nothing runs any more, so that its classes can be unloaded. */
    private void close(LoadedTypes version) {
        version.definitions().forEach(environments::close);
        version.close();
        JsonConversion.clearCaches();
        Json.MAPPER.clearCaches(); // With it, schemas are derived from classes.
    }

    /** Closes all versions. No type may be in use any more. */
    @Override
    public void close() {
        replaced.forEach(it -> close(it.types()));
        folders.forEach(folder -> folder.active().ifPresent(this::close));
    }
}
