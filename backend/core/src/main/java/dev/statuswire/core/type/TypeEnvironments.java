package dev.statuswire.core.type;

import dev.statuswire.core.settings.Environment;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.TypeEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process offers to its request types. Each type has an environment of its own, so that two
 * types never share an object by accident. Thread-safe.
 */
public final class TypeEnvironments implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TypeEnvironments.class);

    private final Environment settings;
    private final Map<Class<?>, Object> clients;
    private final Map<Definition<?>, OwnEnvironment> byType = new ConcurrentHashMap<>();

    /**
     * Creates the environments of a process.
     *
     * @param clients the clients of the process, by the type under which steps ask for them; they
     *     are not closed
     */
    public TypeEnvironments(Environment settings, Map<Class<?>, Object> clients) {
        this.settings = settings;
        this.clients = Map.copyOf(clients);
    }

    /** Returns environments without settings and clients. */
    public static TypeEnvironments empty() {
        return new TypeEnvironments(new Environment(Map.of()), Map.of());
    }

    /** Returns the environment of a type, which is always the same object. */
    public TypeEnvironment of(Definition<?> type) {
        return byType.computeIfAbsent(type, key -> new OwnEnvironment());
    }

    /** Closes what a type has created. */
    public void close(Definition<?> type) {
        Optional.ofNullable(byType.remove(type)).ifPresent(OwnEnvironment::close);
    }

    /** Closes what the types have created. */
    @Override
    public void close() {
        byType.keySet().forEach(this::close);
    }

    private final class OwnEnvironment implements TypeEnvironment {

        private final Map<Class<?>, Once> objects = new ConcurrentHashMap<>();

        @Override
        public Optional<String> setting(String name) {
            return settings.text(name);
        }

        @Override
        public <T> T client(Class<T> type) {
            Object client = clients.get(type);
            if (client == null) {
                throw new IllegalArgumentException(
                        "this process has no client of " + type.getName());
            }
            return type.cast(client);
        }

        @Override
        public <T> T once(Class<T> type, Function<TypeEnvironment, T> create) {
            return type.cast(
                    objects.computeIfAbsent(type, key -> new Once())
                            .get(() -> create.apply(OwnEnvironment.this)));
        }

        void close() {
            objects.forEach((type, object) -> object.close(type));
        }
    }

    /** An object that is created by the first caller. */
    private static final class Once {

        private @Nullable Object value;

        synchronized Object get(Supplier<?> create) {
            if (value == null) {
                value = Objects.requireNonNull(create.get(), "created null");
            }
            return value;
        }

        synchronized void close(Class<?> type) {
            if (value instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception failed) {
                    LOG.warn("could not close the {} of a request type", type.getName(), failed);
                }
            }
            value = null;
        }
    }
}
