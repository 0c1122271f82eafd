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
 * Settings, read from environment variables by name. Only entry points read them: {@code main}
 * methods, and the constructors of Lambda handlers that take no arguments.
 */
public final class Environment {

    private final Map<String, String> variables;

    /** Creates settings from the given variables. */
    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Returns the settings of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** Returns the value of {@code name}; empty if it is not set or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * Returns the value of {@code name} as an integer.
     *
     * @param defaultValue returned if {@code name} is not set or blank
     * @throws IllegalArgumentException if the value is not an integer
     */
    public int number(String name, int defaultValue) {
        return parsed(name, Integer::parseInt, "a whole number").orElse(defaultValue);
    }

    /**
     * Returns the value of {@code name} as a number of seconds.
     *
     * @param defaultValue returned if {@code name} is not set or blank
     * @throws IllegalArgumentException if the value is not a whole number of seconds
     */
    public Duration seconds(String name, Duration defaultValue) {
        return parsed(name, Long::parseLong, "a number of seconds")
                .map(Duration::ofSeconds)
                .orElse(defaultValue);
    }

    /**
     * Returns the value of {@code name} as a URL; empty if it is not set or blank.
     *
     * @throws IllegalArgumentException if the value is not a URL
     */
    public Optional<URI> uri(String name) {
        return parsed(name, URI::create, "a URL");
    }

    /**
     * Returns whether {@code name} is {@code true}, ignoring case; false if it is not set or blank.
     *
     * @throws IllegalArgumentException if the value is neither {@code true} nor {@code false}
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

    /**
     * Returns the entries of a comma-separated list, without surrounding white space and empty
     * entries; an empty list if {@code name} is not set.
     */
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
