package dev.statuswire.api.function;

import dev.statuswire.api.AsyncApi;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/**
 * Runs the API's server without a port, and passes calls to Jetty as the bytes that a client would
 * send. So a snapshot contains no socket that is dead when it is restored, no other process on the
 * machine can call the server, and the headers, including {@code Host}, are the client's own.
 * Thread-safe.
 */
final class PortlessServer {

    private final Javalin server;
    private final LocalConnector connector;

    private PortlessServer(Javalin server, LocalConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static PortlessServer start(AsyncApi api) {
        List<LocalConnector> connectors = new ArrayList<>();
        Javalin server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.jetty.addConnector(
                                    (jetty, http) -> {
                                        LocalConnector connector = connector(jetty, http);
                                        connectors.add(connector);
                                        return connector;
                                    });
                            api.register(config);
                        });
        server.start();
        return new PortlessServer(server, connectors.getFirst());
    }

    private static LocalConnector connector(Server jetty, HttpConfiguration http) {
        return new LocalConnector(jetty, new HttpConnectionFactory(http));
    }

    /**
     * Passes a call to the server and returns its response. Blocks for up to {@code time}.
     *
     * @throws IOException if the server returned no response or only a part of one
     * @throws Exception if the call timed out, or the response is not HTTP
     */
    HttpTester.Response exchange(ProxyRequest call, Duration time) throws Exception {
        ByteBuffer received =
                connector.getResponse(
                        ByteBuffer.wrap(call.bytes()),
                        call.isHead(),
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (received == null) {
            throw new IOException("no response from the server to " + call);
        }
        HttpTester.Response response =
                HttpTester.parseResponse(HttpTester.from(received), call.isHead());
        if (response == null || !response.isComplete()) {
            throw new IOException("incomplete response from the server to " + call);
        }
        return response;
    }

    void close() {
        server.stop();
    }
}
