package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.loopback.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves the {@link ConnectionCommands} over HTTP on a loopback port. */
final class ConnectionsApi implements AutoCloseable {

    private final GatewaySettings settings;
    private final LoopbackServer server;

    /**
     * Opens the port.
     *
     * @throws dev.statuswire.emulator.loopback.PortException if the port is taken
     */
    ConnectionsApi(ConnectionCommands commands, GatewaySettings settings) {
        this.settings = settings;
        server =
                LoopbackServer.open(
                        "@connections", settings.connectionsPort(), new CommandHandler(commands));
    }

    /** Returns the endpoint for an SDK client, with the stage in the path. */
    URI endpoint() {
        return server.uri().resolve("/" + settings.stage());
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class CommandHandler extends Handler.Abstract {

        private final ConnectionCommands commands;

        CommandHandler(ConnectionCommands commands) {
            this.commands = commands;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            write(commands.execute(new ConnectionsCall(request)), response, callback);
            return true;
        }

        private static void write(
                ConnectionCommands.Response result, Response response, Callback callback) {
            response.setStatus(result.status());
            result.errorType()
                    .ifPresent(type -> response.getHeaders().put("x-amzn-ErrorType", type));
            if (!result.body().isEmpty()) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            }
            response.write(
                    true,
                    ByteBuffer.wrap(result.body().getBytes(StandardCharsets.UTF_8)),
                    callback);
        }
    }

    private record ConnectionsCall(Request request) implements ConnectionCommands.Call {

        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String rawPath() {
            return request.getHttpURI().getPath();
        }

        @Override
        public boolean isSigned() {
            return request.getHeaders().contains(HttpHeader.AUTHORIZATION);
        }

        @Override
        public byte[] body(int atMost) throws IOException {
            return Content.Source.asInputStream(request).readNBytes(atMost);
        }
    }
}
