package dev.statuswire.aws.template;

import java.util.Map;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;
import net.minidev.json.parser.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code $input} of a mapping template: a body, of the call or of what the integration answered,
 * and the call's parameters. Public, since Velocity calls nothing else.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference">$input
 *     variables</a>
 */
public final class Input {

    private final String body;
    private final Map<String, Map<String, String>> parameters;

    /**
     * @param parameters {@code path}, {@code querystring} and {@code header}
     */
    Input(String body, Map<String, Map<String, String>> parameters) {
        this.body = body;
        this.parameters = parameters;
    }

    public String getBody() {
        return body;
    }

    /** As JSON, written anew; {@code ""} where there is nothing. */
    public String json(String path) throws ParseException {
        Found found = find(path);
        return found.isThere()
                ? JSONValue.toJSONString(found.value(), JSONStyle.LT_COMPRESS)
                : "\"\"";
    }

    /** As maps, lists, texts, numbers and flags; an empty text where there is nothing. */
    public @Nullable Object path(String path) throws ParseException {
        Found found = find(path);
        return found.isThere() ? found.value() : "";
    }

    public Map<String, Map<String, String>> params() {
        return parameters;
    }

    /** From the path, the query string or a header, in this order. */
    public String params(String name) {
        return parameters.values().stream()
                .filter(group -> group.containsKey(name))
                .findFirst()
                .map(group -> group.get(name))
                .orElse("");
    }

    private record Found(boolean isThere, @Nullable Object value) {}

    /** Paths such as {@code $.a.b}, which is all of JSONPath that is needed. */
    private Found find(String path) throws ParseException {
        if (!path.matches("\\$(\\.[A-Za-z_]+)*")) {
            throw new IllegalArgumentException("not known here: " + path);
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

    /** As the reader that JsonPath uses reads it. */
    static @Nullable Object parsed(String json) throws ParseException {
        return new JSONParser(JSONParser.MODE_PERMISSIVE)
                .parse(json, JSONValue.defaultReader.DEFAULT_ORDERED);
    }
}
