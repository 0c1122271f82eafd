package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.statuswire.emulator.gateway.LambdaInvoker.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda proxy integration of every route. It creates the event, calls the handler and reads
 * its response. Every message route has a route response, so the body that a handler returns goes
 * to its client. Thread-safe if the handler is; blocks while the handler runs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html">Route
 *     responses</a>
 */
final class LambdaIntegration {

    /** The result of {@code $connect}. */
    sealed interface Connect {

        /** Accepted, with the {@code Sec-WebSocket-Protocol} that the handler chose, if any. */
        record Accepted(Optional<String> subprotocol) implements Connect {}

        record Refused(HandshakeRefusal refusal) implements Connect {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(LambdaIntegration.class);
    private static final String INTERNAL = "Internal server error";
    private static final String TIMED_OUT = "Endpoint request timed out";
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private final LambdaInvoker<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> function;
    private final RouteSelection routes;
    private final WebSocketEvents events;
    private final int messageBytes;

    LambdaIntegration(
            LambdaInvoker<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> function,
            RouteSelection routes,
            WebSocketEvents events,
            int messageBytes) {
        this.function = function;
        this.routes = routes;
        this.events = events;
        this.messageBytes = messageBytes;
    }

    /**
     * Calls {@code $connect}.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html">A
     *     {@code $connect} route that requires a subprotocol</a>
     */
    Connect connect(ConnectionFacts connection, Handshake handshake) {
        return switch (function.invoke(events.connect(connection, handshake))) {
            case Outcome.Returned<APIGatewayV2WebSocketResponse>(
                            Optional<APIGatewayV2WebSocketResponse> response) ->
                    response.map(LambdaIntegration::accepted)
                            .orElseGet(() -> new Connect.Refused(HandshakeRefusal.BAD_GATEWAY));
            case Outcome.Threw<APIGatewayV2WebSocketResponse>(Throwable cause) -> {
                LOG.warn("$connect failed; the client gets 502", cause);
                yield new Connect.Refused(HandshakeRefusal.BAD_GATEWAY);
            }
            case Outcome.TimedOut<APIGatewayV2WebSocketResponse>() -> {
                LOG.warn("$connect did not respond in time; the client gets 504");
                yield new Connect.Refused(HandshakeRefusal.TIMED_OUT);
            }
        };
    }

    /** Calls the message's route and returns the reply to the client, if any. */
    Optional<byte[]> message(ConnectionFacts connection, String message) {
        String routeKey = routes.routeOf(message);
        APIGatewayV2WebSocketEvent event = events.message(connection, routeKey, message);
        String requestId = event.getRequestContext().getRequestId();
        return switch (function.invoke(event)) {
            case Outcome.Returned<APIGatewayV2WebSocketResponse>(
                            Optional<APIGatewayV2WebSocketResponse> response) ->
                    response.flatMap(output -> replyOf(output, connection.id(), requestId));
            case Outcome.Threw<APIGatewayV2WebSocketResponse>(Throwable cause) -> {
                LOG.warn("route {} failed; its client gets an error frame", routeKey, cause);
                yield Optional.of(errorFrame(INTERNAL, connection.id(), requestId));
            }
            case Outcome.TimedOut<APIGatewayV2WebSocketResponse>() -> {
                LOG.warn(
                        "route {} did not respond in time; its client gets an error frame",
                        routeKey);
                yield Optional.of(errorFrame(TIMED_OUT, connection.id(), requestId));
            }
        };
    }

    /**
     * Calls {@code $disconnect}, best effort as on AWS: a failure is only logged.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">The
     *     {@code $disconnect} route</a>
     */
    void disconnect(ConnectionFacts connection) {
        if (function.invoke(events.disconnect(connection))
                instanceof Outcome.Threw<APIGatewayV2WebSocketResponse>(Throwable cause)) {
            LOG.warn("$disconnect of {} failed; not calling it again", connection.id(), cause);
        }
    }

    private static Connect accepted(APIGatewayV2WebSocketResponse response) {
        int status = response.getStatusCode();
        if (status < 100 || status > 599) {
            LOG.warn("$connect returned status {}; the client gets 502", status);
            return new Connect.Refused(HandshakeRefusal.BAD_GATEWAY);
        }
        if (status / 100 != 2) {
            return new Connect.Refused(HandshakeRefusal.byHandler(status));
        }
        return new Connect.Accepted(headerOf(response.getHeaders()));
    }

    private static Optional<String> headerOf(@Nullable Map<String, String> headers) {
        return headers == null
                ? Optional.empty()
                : headers.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(SUBPROTOCOL))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    private Optional<byte[]> replyOf(
            APIGatewayV2WebSocketResponse response, String connectionId, String requestId) {
        byte[] body = bodyOf(response);
        if (response.getStatusCode() >= 500 || body.length > messageBytes) {
            return Optional.of(errorFrame(INTERNAL, connectionId, requestId));
        }
        return body.length == 0 ? Optional.empty() : Optional.of(body);
    }

    /**
     * Returns the frame for a client whose message could not be handled. The ids need no escaping,
     * see {@link ConnectionIds}.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html">Invoke
     *     your backend integration</a>, which shows a frame of this form
     */
    private static byte[] errorFrame(String message, String connectionId, String requestId) {
        return "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                .formatted(message, connectionId, requestId)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bodyOf(APIGatewayV2WebSocketResponse response) {
        String body = response.getBody();
        if (body == null) {
            return new byte[0];
        }
        return response.isIsBase64Encoded()
                ? OutboundBuffer.wellFormed(Base64.getDecoder().decode(body))
                : body.getBytes(StandardCharsets.UTF_8);
    }
}
