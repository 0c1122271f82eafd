package dev.statuswire.core.type;

import dev.statuswire.core.settings.Environment;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidTypeException;
import dev.statuswire.sdk.RequestType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The definitions of the request types of this process, by name. They stay the same for as long as
 * the process runs, unless it {@linkplain #replace replaces} them. Thread-safe.
 */
public final class RequestTypes {

    private static final String RETIRED = "STATUSWIRE_RETIRED_TYPES";

    private volatile Release release;

    private RequestTypes(Release release) {
        this.release = release;
    }

    /** The types at one time. */
    private record Release(long number, Map<String, Definition<?>> byName, Set<String> retired) {}

    /**
     * Loads the types on the class path.
     *
     * @throws InvalidTypeException if a definition breaks a rule
     */
    public static RequestTypes load() {
        var types = new ArrayList<Definition<?>>();
        for (RequestType<?> type : ServiceLoader.load(RequestType.class)) {
            types.add(type.define());
        }
        return of(types);
    }

    /**
     * Loads the types on the class path. The setting {@code STATUSWIRE_RETIRED_TYPES} names the
     * types to {@linkplain #retire retire}, separated by commas.
     *
     * @throws InvalidTypeException if a definition breaks a rule
     * @throws IllegalArgumentException if a retired type is not on the class path
     */
    public static RequestTypes load(Environment environment) {
        return load().retire(
                        environment.text(RETIRED).stream()
                                .flatMap(names -> Stream.of(names.split(",", -1)))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList());
    }

    /**
     * Returns a set of the given types.
     *
     * @throws InvalidTypeException if two have the same name
     */
    public static RequestTypes of(Collection<? extends Definition<?>> types) {
        var byName = new TreeMap<String, Definition<?>>();
        for (Definition<?> type : types) {
            if (byName.put(type.name(), type) != null) {
                throw new InvalidTypeException(type.name(), "two types have this name");
            }
        }
        return new RequestTypes(new Release(0, Collections.unmodifiableMap(byName), Set.of()));
    }

    /**
     * Returns the same types, but no longer offers those with the given names: the API refuses new
     * requests of them, and the workers still finish the existing ones.
     *
     * @throws IllegalArgumentException if there is no type with one of these names
     */
    public RequestTypes retire(Collection<String> names) {
        Map<String, Definition<?>> byName = release.byName();
        for (String name : names) {
            if (!byName.containsKey(name)) {
                throw new IllegalArgumentException(
                        RETIRED + " names " + name + ", but there is no such request type");
            }
        }
        return new RequestTypes(new Release(0, byName, Set.copyOf(names)));
    }

    /** Replaces these types by {@code newer} ones; all who share this object see them at once. */
    public synchronized void replace(RequestTypes newer) {
        Release other = newer.release;
        release = new Release(release.number() + 1, other.byName(), other.retired());
    }

    /** Returns a number that increases whenever the types are replaced. */
    public long version() {
        return release.number();
    }

    /** Returns whether this very definition is still the one with its name. */
    public boolean isCurrent(Definition<?> type) {
        return release.byName().get(type.name()) == type;
    }

    /** Returns all types, sorted by name. */
    public Collection<Definition<?>> all() {
        return release.byName().values();
    }

    /**
     * Returns the types that can be submitted, which are all that are not retired, sorted by name.
     */
    public Collection<Definition<?>> offered() {
        Release now = release;
        return now.byName().values().stream()
                .filter(type -> !now.retired().contains(type.name()))
                .toList();
    }

    /** Returns the type with the given name; empty if there is none. */
    public Optional<Definition<?>> find(String name) {
        return Optional.ofNullable(release.byName().get(name));
    }

    /** Returns the names of the steps of a type, in order; empty if there is no such type. */
    public List<String> stepsOf(String name) {
        return find(name).map(Definition::stepNames).orElse(List.of());
    }
}
