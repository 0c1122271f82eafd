package dev.statuswire.emulator.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/**
 * The route selection expression {@code $request.body.action}. It selects the custom route whose
 * key equals the message's {@code action}, and {@code $default} if there is none or the message is
 * not JSON. Thread-safe.
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

    /** Returns the expression's value, or an empty string if the path is not found. */
    private static String actionOf(String message) {
        try {
            JsonNode action = JSON.readTree(message).path("action");
            return action.isValueNode() ? action.asText() : action.toString();
        } catch (JsonProcessingException notJson) {
            return DEFAULT;
        }
    }
}
