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
 * The API's server without a port: calls are given to Jetty as the bytes that a client would send.
 * So there is no socket that a snapshot could carry dead, nobody else on the machine who could
 * call, and the headers, {@code Host} among them, are the client's own. Thread-safe.
 */
final class PortlessServer {

    private final Javalin server;
    private final LocalConnector connector;

    private PortlessServer(Javalin server, LocalConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static PortlessServer start(AsyncApi api) {
        List<LocalConnector> made = new ArrayList<>();
        Javalin server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.jetty.addConnector(
                                    (jetty, http) -> {
                                        LocalConnector connector = connector(jetty, http);
                                        made.add(connector);
                                        return connector;
                                    });
                            api.register(config);
                        });
        server.start();
        return new PortlessServer(server, made.getFirst());
    }

    private static LocalConnector connector(Server jetty, HttpConfiguration http) {
        return new LocalConnector(jetty, new HttpConnectionFactory(http));
    }

    /**
     * Has a call answered. Blocks for up to {@code time}.
     *
     * @throws IOException where the server ended the call without an answer
     * @throws Exception where the time was not enough, or what came back is not HTTP
     */
    HttpTester.Response exchange(ProxyRequest call, Duration time) throws Exception {
        ByteBuffer answer =
                connector.getResponse(
                        ByteBuffer.wrap(call.bytes()),
                        call.isHead(),
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new IOException("the server gave no answer to " + call);
        }
        HttpTester.Response response =
                HttpTester.parseResponse(HttpTester.from(answer), call.isHead());
        if (response == null || !response.isComplete()) {
            throw new IOException("the server gave only a part of an answer to " + call);
        }
        return response;
    }

    void close() {
        server.stop();
    }
}
