package dev.statuswire.local.engine;

import java.net.BindException;
import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.dynamodb.services.local.server.DynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB's HTTP protocol on the loopback address, for the {@code aws} CLI. DynamoDB Local's own
 * server is not used: it listens on every address. Who asks by another name than the loopback's is
 * refused, so that no web page can reach the tables by pointing a name of its own at this machine.
 */
final class HttpDoor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> NAMES = Set.of(LOOPBACK, "localhost");

    private final Server server;
    private final int port;

    private HttpDoor(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Opens on {@code port}, or on a free one for 0. */
    static HttpDoor open(int port, DynamoDBRequestHandler operations) {
        Server server = new Server(threads());
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(
                new OnlyByLoopbackNames(new LocalDynamoDBServerHandler(operations, null)));
        start(server, port);
        return new HttpDoor(server, connector.getLocalPort());
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("dynamodb-http");
        threads.setDaemon(true);
        return threads;
    }

    private static void start(Server server, int port) {
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new EngineStartException(
                    "DynamoDB Local cannot listen on " + LOOPBACK + ":" + port + ": " + reason(e),
                    e);
        }
    }

    private static String reason(Exception e) {
        return e.getCause() instanceof BindException ? "the port is taken" : e.toString();
    }

    URI uri() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn(
                    "DynamoDB's HTTP port did not close in order; it goes down with the process",
                    e);
        }
    }

    private static final class OnlyByLoopbackNames extends Handler.Wrapper {

        OnlyByLoopbackNames(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            if (NAMES.contains(Request.getServerName(request))) {
                return super.handle(request, response, callback);
            }
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
            return true;
        }
    }
}
