package dev.statuswire.aws.door.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/**
 * {@code $input} of a mapping template: a body, of the call or of what the integration answered,
 * and the call's parameters. Numbers are doubles here where they are not whole. Public, since
 * Velocity calls nothing else.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference">$input
 *     variables</a>
 */
public final class Input {

    private static final JsonMapper MAPPER = new JsonMapper();

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
    public String json(String path) throws JsonProcessingException {
        JsonNode found = find(path);
        return found.isMissingNode() ? "\"\"" : MAPPER.writeValueAsString(found);
    }

    /** As maps, lists, texts, numbers and flags; an empty text where there is nothing. */
    public Object path(String path) throws JsonProcessingException {
        JsonNode found = find(path);
        return found.isMissingNode() ? "" : MAPPER.treeToValue(found, Object.class);
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

    /** Paths such as {@code $.a.b}, which is all of JSONPath that is needed. */
    private JsonNode find(String path) throws JsonProcessingException {
        if (!path.matches("\\$(\\.[A-Za-z_]+)*")) {
            throw new IllegalArgumentException("not known here: " + path);
        }
        JsonNode found = body.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(body);
        return found.at(path.substring(1).replace('.', '/'));
    }
}
