package dev.statuswire.core.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings by the name of their environment variable. Read at entry points only: a {@code main} and
 * the constructors of Lambda handlers that take no arguments.
 */
public final class Environment {

    private final Map<String, String> variables;

    /** These variables. */
    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Those of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** The value of {@code name}; empty where it is not set or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public int number(String name, int otherwise) {
        return parsed(name, Integer::parseInt, "a whole number").orElse(otherwise);
    }

    /**
     * A number of seconds.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public Duration seconds(String name, Duration otherwise) {
        return parsed(name, Long::parseLong, "a number of seconds")
                .map(Duration::ofSeconds)
                .orElse(otherwise);
    }

    /**
     * An address.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public Optional<URI> uri(String name) {
        return parsed(name, URI::create, "an address");
    }

    /**
     * Whether {@code name} is {@code true}; false if it is not set.
     *
     * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
     */
    public boolean flag(String name) {
        return parsed(name, Environment::flagOf, "true or false").orElse(false);
    }

    private static boolean flagOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** What stands between commas, without white space around it; empty where it is not set. */
    public List<String> list(String name) {
        return text(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parser, String what) {
        return text(name)
                .map(
                        value -> {
                            try {
                                return parser.apply(value.strip());
                            } catch (IllegalArgumentException other) {
                                throw new IllegalArgumentException(
                                        name + " is not " + what + ": " + value, other);
                            }
                        });
    }
}
