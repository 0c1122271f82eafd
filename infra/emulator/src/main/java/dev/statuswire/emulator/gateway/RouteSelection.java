package dev.statuswire.emulator.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/**
 * The route selection expression {@code $request.body.action}: the custom route whose key is
 * exactly the message's {@code action}, else {@code $default}, which also takes what is not JSON.
 * Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html">Create
 *     routes for WebSocket APIs</a>
 */
final class RouteSelection {

    static final String CONNECT = "$connect";
    static final String DISCONNECT = "$disconnect";
    static final String DEFAULT = "$default";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Set<String> routeKeys;

    RouteSelection(Set<String> routeKeys) {
        this.routeKeys = Set.copyOf(routeKeys);
    }

    String routeOf(String message) {
        String action = actionOf(message);
        return routeKeys.contains(action) ? action : DEFAULT;
    }

    /** The expression's value; it is empty where the path is not found. */
    private static String actionOf(String message) {
        try {
            JsonNode action = JSON.readTree(message).path("action");
            return action.isValueNode() ? action.asText() : action.toString();
        } catch (JsonProcessingException notJson) {
            return DEFAULT;
        }
    }
}
