package dev.statuswire.core.type;

import dev.statuswire.core.json.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The request types of this process, by name. Immutable and thread-safe. */
public final class RequestTypes {

    /**
     * The maximum number of steps of a type. An item must hold outputs of 8 KiB each in addition to
     * an input of 64 KiB.
     */
    public static final int MAX_STEPS = 32;

    /** The maximum length of a step's name in characters. */
    public static final int MAX_STEP_NAME = 100;

    /**
     * The maximum time limit of a step. An invocation of the worker lasts 15 minutes and needs some
     * of that time to claim the request and to write the outcome. A quick request that takes too
     * long goes to the worker as well, so the maximum is the same for both paces.
     */
    public static final Duration MAX_TIME_LIMIT = Duration.ofMinutes(14);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final String RETIRED = "STATUSWIRE_RETIRED_TYPES";

    private final Map<String, RequestType> byName;
    private final Set<String> retired;

    private RequestTypes(Map<String, RequestType> byName, Set<String> retired) {
        this.byName = byName;
        this.retired = retired;
    }

    /**
     * Loads the types on the class path.
     *
     * @throws InvalidTypeException if a type breaks a rule of {@link RequestType}
     */
    public static RequestTypes load() {
        return of(ServiceLoader.load(RequestType.class).stream().map(p -> p.get()).toList());
    }

    /**
     * Loads the types on the class path and {@linkplain RequestType#init prepares} them for running
     * their steps. {@code STATUSWIRE_RETIRED_TYPES} names the types to {@linkplain #retire retire},
     * separated by commas.
     *
     * @throws InvalidTypeException if a type breaks a rule of {@link RequestType}
     * @throws IllegalArgumentException if a retired type is not on the class path
     */
    public static RequestTypes load(TypeEnvironment environment) {
        RequestTypes types = load();
        types.all().forEach(type -> type.init(environment));
        return types.retire(
                environment.setting(RETIRED).stream()
                        .flatMap(names -> Stream.of(names.split(",", -1)))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /**
     * Returns a set of the given types.
     *
     * @throws InvalidTypeException if a type breaks a rule of {@link RequestType}, or two have the
     *     same name
     */
    public static RequestTypes of(Collection<? extends RequestType> types) {
        var byName = new TreeMap<String, RequestType>();
        for (RequestType type : types) {
            check(type);
            if (byName.put(type.name(), type) != null) {
                throw new InvalidTypeException(type.name(), "two types have this name");
            }
        }
        return new RequestTypes(Collections.unmodifiableMap(byName), Set.of());
    }

    /**
     * Returns the same types, but no longer offers those with the given names: the API refuses new
     * requests of them, and the workers still finish the existing ones.
     *
     * @throws IllegalArgumentException if there is no type with one of these names
     */
    public RequestTypes retire(Collection<String> names) {
        for (String name : names) {
            if (!byName.containsKey(name)) {
                throw new IllegalArgumentException(
                        RETIRED + " names " + name + ", but there is no such request type");
            }
        }
        return new RequestTypes(byName, Set.copyOf(names));
    }

    private static void check(RequestType type) {
        String name = type.name();
        require(NAME.matcher(name).matches(), name, "its name does not match " + NAME);
        require(Json.parse(type.inputSchema()).isPresent(), name, "its schema is not JSON");
        require(Json.parse(type.example()).isPresent(), name, "its example is not JSON");
        require(type.maxFailures() >= 1, name, "its maxFailures is less than 1");
        int steps = type.steps().size();
        require(
                steps >= 1 && steps <= MAX_STEPS,
                name,
                "it must have 1 to " + MAX_STEPS + " steps");
        require(
                new HashSet<>(stepNames(type)).size() == steps,
                name,
                "two of its steps have the same name");
        type.steps().forEach(step -> check(name, step));
    }

    private static void check(String type, Step step) {
        String name = step.name();
        require(
                !name.isBlank() && name.length() <= MAX_STEP_NAME,
                type,
                "the name of a step must have 1 to %d characters and not be blank; this one has %d"
                        .formatted(MAX_STEP_NAME, name.length()));
        Duration limit = step.timeLimit();
        require(
                limit.isPositive() && limit.compareTo(MAX_TIME_LIMIT) <= 0,
                type,
                "the time limit of step %s is %s; it must be more than 0 and at most %s"
                        .formatted(name, limit, MAX_TIME_LIMIT));
    }

    private static void require(boolean rule, String type, String otherwise) {
        if (!rule) {
            throw new InvalidTypeException(type, otherwise);
        }
    }

    /** Returns all types, sorted by name. */
    public Collection<RequestType> all() {
        return byName.values();
    }

    /**
     * Returns the types that can be submitted, which are all that are not retired, sorted by name.
     */
    public Collection<RequestType> offered() {
        return byName.values().stream().filter(type -> !retired.contains(type.name())).toList();
    }

    /** Returns the type with the given name; empty if there is none. */
    public Optional<RequestType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the names of the steps of a type, in order; empty if there is no such type. */
    public List<String> stepsOf(String name) {
        return find(name).map(RequestTypes::stepNames).orElse(List.of());
    }

    private static List<String> stepNames(RequestType type) {
        return type.steps().stream().map(Step::name).toList();
    }
}
