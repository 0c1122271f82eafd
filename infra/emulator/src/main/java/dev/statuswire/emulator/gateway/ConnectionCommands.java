package dev.statuswire.emulator.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * The {@code @connections} commands, however they come: POST sends, GET asks, DELETE closes. A call
 * must carry a signature, as on AWS; which one is not checked. A connection that is gone, or not
 * there yet, is 410.
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
    private static final Reply GONE =
            Reply.error(410, "GoneException", "The connection does not exist");

    private final GatewayConnections connections;
    private final GatewaySettings settings;

    ConnectionCommands(GatewayConnections connections, GatewaySettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    /** A call as it came. */
    interface Call {

        String method();

        /** Its path before decoding. */
        String rawPath();

        boolean isSigned();

        /** Of its body the first bytes, so many at most. */
        byte[] body(int atMost) throws IOException;
    }

    /**
     * What a call is answered.
     *
     * @param errorType by which the SDK tells exceptions apart
     */
    record Reply(int status, Optional<String> errorType, String body) {

        static Reply empty(int status) {
            return new Reply(status, Optional.empty(), "");
        }

        static Reply error(int status, String type, String message) {
            return new Reply(status, Optional.of(type), "{\"message\":\"%s\"}".formatted(message));
        }
    }

    /**
     * Carries it out.
     *
     * @throws IOException where its body cannot be read
     */
    Reply answer(Call call) throws IOException {
        Optional<String> id = ConnectionPath.idIn(call.rawPath(), settings.stage());
        if (id.isEmpty()) {
            return Reply.error(403, "ForbiddenException", "Forbidden");
        }
        if (!call.isSigned()) {
            return Reply.error(403, "MissingAuthenticationTokenException", "Missing signature");
        }
        Optional<GatewayConnection> connection = connections.reachable(id.get());
        return connection.isPresent() ? run(call, connection.get()) : GONE;
    }

    private Reply run(Call call, GatewayConnection connection) throws IOException {
        return switch (call.method()) {
            case "POST" -> send(call, connection);
            case "GET" -> describe(connection);
            case "DELETE" -> close(connection);
            default -> Reply.error(403, "ForbiddenException", "Forbidden");
        };
    }

    private Reply send(Call call, GatewayConnection connection) throws IOException {
        int limit = settings.limits().messageBytes();
        byte[] body = call.body(limit + 1);
        if (body.length > limit) {
            return Reply.error(413, "PayloadTooLargeException", "Payload too large");
        }
        return switch (connection.send(OutboundBuffer.wellFormed(body))) {
            case ACCEPTED -> Reply.empty(200);
            case FULL -> Reply.error(429, "LimitExceededException", "The client's buffer is full");
            case CLOSED -> GONE;
        };
    }

    private static Reply describe(GatewayConnection connection) {
        ObjectNode document = JSON.createObjectNode();
        document.put("connectedAt", connection.facts().connectedAt().toString());
        document.putObject("identity")
                .put("sourceIp", connection.facts().sourceIp())
                .put("userAgent", connection.facts().userAgent());
        document.put("lastActiveAt", connection.lastActiveAt().toString());
        return new Reply(200, Optional.empty(), document.toString());
    }

    private static Reply close(GatewayConnection connection) {
        connection.close(CloseReason.DELETED);
        return Reply.empty(204);
    }
}
