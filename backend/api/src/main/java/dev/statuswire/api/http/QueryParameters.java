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
 * The query of a call, read strictly: a name that is not known, is given twice, or is not
 * percent-encoded well is an error, where a lenient reader would answer another question than the
 * one asked.
 */
public final class QueryParameters {

    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,3}");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * What {@code query} says.
     *
     * @param query without its question mark; null where there is none
     * @throws ProblemException where it is malformed or has another name than {@code known}
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
                        "Known are: " + String.join(", ", known.stream().sorted().toList()));
            }
            if (values.put(name, value) != null) {
                throw malformed(name + " is given twice.");
            }
        }
        return new QueryParameters(values);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw malformed("The query is not percent-encoded.");
        }
    }

    /** The value of {@code name}; empty where it is not given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * The values of {@code name}, which is a list with commas; empty where it is not given.
     *
     * @param parser throws {@link IllegalArgumentException} for what it does not know
     * @throws ProblemException where it does
     */
    public <T> List<T> list(String name, Function<String, T> parser) {
        return text(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(one -> parse(name, one, parser))
                .toList();
    }

    /**
     * The value of {@code name}, parsed.
     *
     * @param parser throws {@link IllegalArgumentException} for what it does not know
     * @throws ProblemException where it does
     */
    public <T> Optional<T> value(String name, Function<String, T> parser) {
        return text(name).map(value -> parse(name, value, parser));
    }

    /**
     * The {@code limit} of a page.
     *
     * @param standard where none is given
     * @param most that it may be
     * @throws ProblemException where it is not in 1 to {@code most}
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
            throw malformed(name + " is not one of the values that it may have.");
        }
    }

    private static ProblemException malformed(String detail) {
        return ProblemKind.MALFORMED_REQUEST.because(detail);
    }
}
