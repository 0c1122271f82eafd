package dev.statuswire.emulator.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * The {@code @connections} commands, independent of the transport: POST sends a message, GET
 * describes the connection, DELETE closes it. As on AWS, a call must be signed; the signature is
 * not verified. The response is 410 if the connection is gone or has not been accepted yet.
 *
 * <p>Thread-safe; no command blocks.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     {@code @connections} commands in your backend service</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/boto3/latest/reference/services/apigatewaymanagementapi.html">API
 *     Gateway Management API</a>
 */
final class ConnectionCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Response GONE =
            Response.error(410, "GoneException", "The connection does not exist");

    private final GatewayConnections connections;
    private final GatewaySettings settings;

    ConnectionCommands(GatewayConnections connections, GatewaySettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    /** A received call. */
    interface Call {

        String method();

        /** Returns the path before decoding. */
        String rawPath();

        boolean isSigned();

        /** Returns the first bytes of the body, at most {@code atMost}. */
        byte[] body(int atMost) throws IOException;
    }

    /**
     * The response to a call.
     *
     * @param errorType the header by which the SDK chooses the exception
     */
    record Response(int status, Optional<String> errorType, String body) {

        static Response empty(int status) {
            return new Response(status, Optional.empty(), "");
        }

        static Response error(int status, String type, String message) {
            return new Response(
                    status, Optional.of(type), "{\"message\":\"%s\"}".formatted(message));
        }
    }

    /**
     * Executes a call.
     *
     * @throws IOException if the body cannot be read
     */
    Response execute(Call call) throws IOException {
        Optional<String> id = ConnectionPath.idIn(call.rawPath(), settings.stage());
        if (id.isEmpty()) {
            return Response.error(403, "ForbiddenException", "Forbidden");
        }
        if (!call.isSigned()) {
            return Response.error(403, "MissingAuthenticationTokenException", "Missing signature");
        }
        Optional<GatewayConnection> connection = connections.reachable(id.get());
        return connection.isPresent() ? run(call, connection.get()) : GONE;
    }

    private Response run(Call call, GatewayConnection connection) throws IOException {
        return switch (call.method()) {
            case "POST" -> send(call, connection);
            case "GET" -> describe(connection);
            case "DELETE" -> close(connection);
            default -> Response.error(403, "ForbiddenException", "Forbidden");
        };
    }

    private Response send(Call call, GatewayConnection connection) throws IOException {
        int limit = settings.limits().messageBytes();
        byte[] body = call.body(limit + 1);
        if (body.length > limit) {
            return Response.error(413, "PayloadTooLargeException", "Payload too large");
        }
        return switch (connection.send(OutboundBuffer.wellFormed(body))) {
            case ACCEPTED -> Response.empty(200);
            case FULL ->
                    Response.error(429, "LimitExceededException", "The client's buffer is full");
            case CLOSED -> GONE;
        };
    }

    private static Response describe(GatewayConnection connection) {
        ObjectNode document = JSON.createObjectNode();
        document.put("connectedAt", connection.facts().connectedAt().toString());
        document.putObject("identity")
                .put("sourceIp", connection.facts().sourceIp())
                .put("userAgent", connection.facts().userAgent());
        document.put("lastActiveAt", connection.lastActiveAt().toString());
        return new Response(200, Optional.empty(), document.toString());
    }

    private static Response close(GatewayConnection connection) {
        connection.close(CloseReason.DELETED);
        return Response.empty(204);
    }
}
