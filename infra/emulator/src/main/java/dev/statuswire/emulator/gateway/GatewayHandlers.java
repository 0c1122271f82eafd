package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda functions of a WebSocket API. They are called on virtual threads, for many connections
 * at once, so they must be thread-safe.
 *
 * @param routes the integration of {@code $connect}, {@code $disconnect}, {@code $default} and the
 *     custom routes
 * @param routeKeys the keys of the custom routes, selected by {@code $request.body.action}; a
 *     message that matches none goes to {@code $default}. A key must not start with {@code $}
 * @param authorizer the {@code REQUEST} authorizer of {@code $connect}, which gets the event as the
 *     map that AWS documents; null admits every client
 * @param identitySources the parameters that a handshake must have before the authorizer is called,
 *     as {@code route.request.querystring.NAME} or {@code route.request.header.NAME}; may be empty
 */
public record GatewayHandlers(
        RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
        Set<String> routeKeys,
        @Nullable RequestHandler<Map<String, Object>, IamPolicyResponse> authorizer,
        Set<String> identitySources) {

    /**
     * @throws IllegalArgumentException if a route key or an identity source is invalid
     */
    public GatewayHandlers {
        for (String key : routeKeys) {
            if (key.startsWith("$")) {
                throw new IllegalArgumentException(
                        "a custom route key must not start with $: " + key);
            }
        }
        identitySources.forEach(IdentitySource::parse);
        routeKeys = Set.copyOf(routeKeys);
        identitySources = Set.copyOf(identitySources);
    }
}
