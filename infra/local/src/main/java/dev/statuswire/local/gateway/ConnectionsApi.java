package dev.statuswire.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

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

    private static final String LOOPBACK = "127.0.0.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connections connections;
    private final GatewaySettings settings;
    private final Javalin server;

    ConnectionsApi(Connections connections, GatewaySettings settings) {
        this.connections = connections;
        this.settings = settings;
        this.server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.concurrency.useVirtualThreads = true;
                            config.jetty.host = LOOPBACK;
                            config.jetty.port = settings.connectionsPort();
                            config.routes.post("/<path>", context -> serve(context, this::send));
                            config.routes.get("/<path>", context -> serve(context, this::describe));
                            config.routes.delete("/<path>", context -> serve(context, this::close));
                        });
    }

    /** Where it listens, with the stage in the path: an SDK client's endpoint. */
    URI start() {
        server.start();
        return URI.create("http://%s:%d/%s".formatted(LOOPBACK, server.port(), settings.stage()));
    }

    @Override
    public void close() {
        server.stop();
    }

    /** What a command does to a connection that is there. */
    private interface Command {
        void run(Context context, GatewayConnection connection) throws IOException;
    }

    private void serve(Context context, Command command) throws IOException {
        String path = context.req().getRequestURI();
        Optional<String> id = ConnectionPath.idIn(path, settings.stage());
        if (id.isEmpty()) {
            fail(context, 403, "ForbiddenException", "Forbidden");
            return;
        }
        if (context.header("Authorization") == null) {
            fail(context, 403, "MissingAuthenticationTokenException", "Missing signature");
            return;
        }
        Optional<GatewayConnection> connection = connections.reachable(id.get());
        if (connection.isPresent()) {
            command.run(context, connection.get());
        } else {
            gone(context);
        }
    }

    private void send(Context context, GatewayConnection connection) throws IOException {
        int limit = settings.limits().messageBytes();
        byte[] body = context.bodyInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            fail(context, 413, "PayloadTooLargeException", "Payload too large");
            return;
        }
        switch (connection.send(Utf8.wellFormed(body))) {
            case ACCEPTED -> context.status(200);
            case FULL ->
                    fail(context, 429, "LimitExceededException", "The client's buffer is full");
            case CLOSED -> gone(context);
        }
    }

    private void describe(Context context, GatewayConnection connection) {
        ObjectNode document = JSON.createObjectNode();
        document.put("connectedAt", connection.facts().connectedAt().toString());
        document.putObject("identity")
                .put("sourceIp", connection.facts().sourceIp())
                .put("userAgent", connection.facts().userAgent());
        document.put("lastActiveAt", connection.lastActiveAt().toString());
        context.contentType("application/json").result(document.toString());
    }

    private void close(Context context, GatewayConnection connection) {
        connection.close(CloseReason.DELETED);
        context.status(204);
    }

    private static void gone(Context context) {
        fail(context, 410, "GoneException", "The connection does not exist");
    }

    private static void fail(Context context, int status, String type, String message) {
        context.status(status)
                .header("x-amzn-ErrorType", type)
                .contentType("application/json")
                .result("{\"message\":\"%s\"}".formatted(message));
    }
}
