package dev.statuswire.aws.template;

import java.util.Map;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;
import net.minidev.json.parser.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Emulates {@code $input} of a mapping template: the body of the call or of the integration's
 * response, and the parameters of the call. Public because Velocity can only call public classes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference">$input
 *     variables</a>
 */
public final class VelocityInput {

    private final String body;
    private final Map<String, Map<String, String>> parameters;

    /**
     * @param parameters {@code path}, {@code querystring} and {@code header}
     */
    VelocityInput(String body, Map<String, Map<String, String>> parameters) {
        this.body = body;
        this.parameters = parameters;
    }

    public String getBody() {
        return body;
    }

    /** Returns the value at a path, serialized again as JSON; {@code ""} if it does not exist. */
    public String json(String path) throws ParseException {
        Found found = find(path);
        return found.isThere()
                ? JSONValue.toJSONString(found.value(), JSONStyle.LT_COMPRESS)
                : "\"\"";
    }

    /**
     * Returns the value at a path as maps, lists, texts, numbers and booleans; an empty text if it
     * does not exist.
     */
    public @Nullable Object path(String path) throws ParseException {
        Found found = find(path);
        return found.isThere() ? found.value() : "";
    }

    public Map<String, Map<String, String>> params() {
        return parameters;
    }

    /** Returns a parameter of the path, the query string or the headers, in this order. */
    public String params(String name) {
        return parameters.values().stream()
                .filter(group -> group.containsKey(name))
                .findFirst()
                .map(group -> group.get(name))
                .orElse("");
    }

    private record Found(boolean isThere, @Nullable Object value) {}

    /**
     * Finds the value at a path such as {@code $.a.b}, the only kind of JSONPath that the templates
     * use.
     */
    private Found find(String path) throws ParseException {
        if (!path.matches("\\$(\\.[A-Za-z_]+)*")) {
            throw new IllegalArgumentException("unsupported path: " + path);
        }
        var found = new Found(!body.isEmpty(), body.isEmpty() ? null : parsed(body));
        String[] names = path.split("\\.", -1);
        for (int i = 1; i < names.length; i++) {
            found =
                    found.value() instanceof Map<?, ?> map && map.containsKey(names[i])
                            ? new Found(true, map.get(names[i]))
                            : new Found(false, null);
        }
        return found;
    }

    /** Parses JSON with the same reader as JsonPath. */
    static @Nullable Object parsed(String json) throws ParseException {
        return new JSONParser(JSONParser.MODE_PERMISSIVE)
                .parse(json, JSONValue.defaultReader.DEFAULT_ORDERED);
    }
}
