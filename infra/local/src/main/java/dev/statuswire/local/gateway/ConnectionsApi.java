package dev.statuswire.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.local.loopback.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The {@code @connections} side, for backends: POST sends, GET asks, DELETE closes. It has a
 * loopback port of its own. A call must carry a signature, as on AWS; which one is not checked. A
 * connection that is gone, or not there yet, is 410.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     {@code @connections} commands in your backend service</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/boto3/latest/reference/services/apigatewaymanagementapi.html">API
 *     Gateway Management API</a>
 */
final class ConnectionsApi implements AutoCloseable {

    private final GatewaySettings settings;
    private final LoopbackServer server;

    /**
     * Opens the port.
     *
     * @throws dev.statuswire.local.loopback.PortException it is taken
     */
    ConnectionsApi(Connections connections, GatewaySettings settings) {
        this.settings = settings;
        server =
                LoopbackServer.open(
                        "@connections",
                        settings.connectionsPort(),
                        new Commands(connections, settings));
    }

    /** Where it listens, with the stage in the path: an SDK client's endpoint. */
    URI endpoint() {
        return server.uri().resolve("/" + settings.stage());
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Commands extends Handler.Abstract {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Reply GONE =
                Reply.error(410, "GoneException", "The connection does not exist");

        private final Connections connections;
        private final GatewaySettings settings;

        Commands(Connections connections, GatewaySettings settings) {
            this.connections = connections;
            this.settings = settings;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws IOException {
            answer(request).write(response, callback);
            return true;
        }

        private Reply answer(Request request) throws IOException {
            Optional<String> id =
                    ConnectionPath.idIn(request.getHttpURI().getPath(), settings.stage());
            if (id.isEmpty()) {
                return Reply.error(403, "ForbiddenException", "Forbidden");
            }
            if (!request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
                return Reply.error(403, "MissingAuthenticationTokenException", "Missing signature");
            }
            Optional<GatewayConnection> connection = connections.reachable(id.get());
            return connection.isPresent() ? run(request, connection.get()) : GONE;
        }

        private Reply run(Request request, GatewayConnection connection) throws IOException {
            return switch (request.getMethod()) {
                case "POST" -> send(request, connection);
                case "GET" -> describe(connection);
                case "DELETE" -> close(connection);
                default -> Reply.error(403, "ForbiddenException", "Forbidden");
            };
        }

        private Reply send(Request request, GatewayConnection connection) throws IOException {
            int limit = settings.limits().messageBytes();
            byte[] body = Content.Source.asInputStream(request).readNBytes(limit + 1);
            if (body.length > limit) {
                return Reply.error(413, "PayloadTooLargeException", "Payload too large");
            }
            return switch (connection.send(Utf8.wellFormed(body))) {
                case ACCEPTED -> Reply.empty(200);
                case FULL ->
                        Reply.error(429, "LimitExceededException", "The client's buffer is full");
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

    /**
     * @param errorType by which the SDK tells exceptions apart
     */
    private record Reply(int status, Optional<String> errorType, String body) {

        static Reply empty(int status) {
            return new Reply(status, Optional.empty(), "");
        }

        static Reply error(int status, String type, String message) {
            return new Reply(status, Optional.of(type), "{\"message\":\"%s\"}".formatted(message));
        }

        void write(Response response, Callback callback) {
            response.setStatus(status);
            errorType.ifPresent(type -> response.getHeaders().put("x-amzn-ErrorType", type));
            if (!body.isEmpty()) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            }
            response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        }
    }
}
