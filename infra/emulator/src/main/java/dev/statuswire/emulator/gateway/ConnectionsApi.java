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

/** {@link ConnectionCommands} over HTTP, on a loopback port of its own. */
final class ConnectionsApi implements AutoCloseable {

    private final GatewaySettings settings;
    private final LoopbackServer server;

    /**
     * Opens the port.
     *
     * @throws dev.statuswire.emulator.loopback.PortException it is taken
     */
    ConnectionsApi(ConnectionCommands commands, GatewaySettings settings) {
        this.settings = settings;
        server =
                LoopbackServer.open(
                        "@connections", settings.connectionsPort(), new Answering(commands));
    }

    /** Where it listens, with the stage in the path: an SDK client's endpoint. */
    URI endpoint() {
        return server.uri().resolve("/" + settings.stage());
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Answering extends Handler.Abstract {

        private final ConnectionCommands commands;

        Answering(ConnectionCommands commands) {
            this.commands = commands;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            write(commands.answer(new Call(request)), response, callback);
            return true;
        }

        private static void write(
                ConnectionCommands.Reply reply, Response response, Callback callback) {
            response.setStatus(reply.status());
            reply.errorType()
                    .ifPresent(type -> response.getHeaders().put("x-amzn-ErrorType", type));
            if (!reply.body().isEmpty()) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            }
            response.write(
                    true, ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8)), callback);
        }
    }

    private record Call(Request request) implements ConnectionCommands.Call {

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
