package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda functions behind a WebSocket API. Each is called on virtual threads, for many
 * connections at once, so it has to be thread-safe.
 *
 * @param routes called for {@code $connect}, {@code $disconnect}, {@code $default} and the custom
 *     routes
 * @param authorizer the {@code REQUEST} authorizer of {@code $connect}, with the event as the map
 *     that AWS documents; null admits everybody
 */
public record GatewayHandlers(
        RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
        @Nullable RequestHandler<Map<String, Object>, IamPolicyResponse> authorizer) {}
