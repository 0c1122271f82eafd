package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda functions behind a WebSocket API. Each is called on virtual threads, for many
 * connections at once, so it has to be thread-safe.
 *
 * @param routes called for {@code $connect}, {@code $disconnect}, {@code $default} and the custom
 *     routes
 * @param routeKeys the custom routes, selected by {@code $request.body.action}; what matches none
 *     goes to {@code $default}. None begins with {@code $}
 * @param authorizer the {@code REQUEST} authorizer of {@code $connect}, with the event as the map
 *     that AWS documents; null admits everybody
 * @param identitySources what a handshake must carry for the authorizer to be asked at all, as
 *     {@code route.request.querystring.NAME} or {@code route.request.header.NAME}; may be empty
 */
public record GatewayHandlers(
        RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
        Set<String> routeKeys,
        @Nullable RequestHandler<Map<String, Object>, IamPolicyResponse> authorizer,
        Set<String> identitySources) {

    /**
     * @throws IllegalArgumentException if a route key or an identity source is not of its form
     */
    public GatewayHandlers {
        for (String key : routeKeys) {
            if (key.startsWith("$")) {
                throw new IllegalArgumentException(
                        "a custom route key must not begin with $: " + key);
            }
        }
        identitySources.forEach(IdentitySource::parse);
        routeKeys = Set.copyOf(routeKeys);
        identitySources = Set.copyOf(identitySources);
    }
}
