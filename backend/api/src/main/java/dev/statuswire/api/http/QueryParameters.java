package dev.statuswire.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a call, read strictly: an unknown or repeated name, or an invalid percent-encoding,
 * is an error. A lenient reader would ignore it and return something that the client did not ask
 * for.
 */
public final class QueryParameters {

    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,3}");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads {@code query}.
     *
     * @param query without its question mark; null if there is none
     * @throws ProblemException if it is malformed or contains a name that is not {@code known}
     */
    public static QueryParameters of(@Nullable String query, Set<String> known) {
        var values = new HashMap<String, String>();
        for (String pair :
                query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (!known.contains(name)) {
                throw malformed(
                        "Unknown query parameter. Known parameters: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            if (values.put(name, value) != null) {
                throw malformed("Send the query parameter " + name + " once.");
            }
        }
        return new QueryParameters(values);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw malformed("The percent-encoding of the query is invalid.");
        }
    }

    /** Returns the value of {@code name}; empty if it is not given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * Returns the values of {@code name}, a list separated by commas; empty if it is not given.
     *
     * @param parser throws {@link IllegalArgumentException} for an invalid value
     * @throws ProblemException if a value is invalid
     */
    public <T> List<T> list(String name, Function<String, T> parser) {
        return text(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(one -> parse(name, one, parser))
                .toList();
    }

    /**
     * Returns the parsed value of {@code name}; empty if it is not given.
     *
     * @param parser throws {@link IllegalArgumentException} for an invalid value
     * @throws ProblemException if the value is invalid
     */
    public <T> Optional<T> value(String name, Function<String, T> parser) {
        return text(name).map(value -> parse(name, value, parser));
    }

    /**
     * Returns the {@code limit} of a page.
     *
     * @param standard the limit if none is given
     * @param most the highest limit
     * @throws ProblemException if the limit is not in the range 1 to {@code most}
     */
    public int limit(int standard, int most) {
        return value("limit", text -> limit(text, most)).orElse(standard);
    }

    private static int limit(String text, int most) {
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("out of range");
        }
        return limit;
    }

    private static <T> T parse(String name, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException unknown) {
            throw malformed("The value of the query parameter " + name + " is invalid.");
        }
    }

    private static ProblemException malformed(String detail) {
        return ProblemKind.MALFORMED_REQUEST.because(detail);
    }
}
