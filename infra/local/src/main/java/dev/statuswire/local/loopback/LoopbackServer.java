package dev.statuswire.local.loopback;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.Executors;
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

/**
 * An HTTP server on the loopback address, its handler on virtual threads so that it may block. Who
 * asks by another name than the loopback's is refused, so that no web page gets here by pointing a
 * name of its own at this machine.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);
    private static final Set<String> NAMES = Set.of(ListeningPort.LOOPBACK, "localhost");

    private final String what;
    private final Server server;
    private final int port;

    private LoopbackServer(String what, Server server, int port) {
        this.what = what;
        this.server = server;
        this.port = port;
    }

    /**
     * Opens the port and answers from then on.
     *
     * @param what answers there, for messages and names of threads
     * @param port 0 takes a free one
     * @throws PortException it is taken, or cannot be opened for another reason
     */
    public static LoopbackServer open(String what, int port, Handler handler) {
        Server server = new Server(threads(what));
        ServerConnector connector =
                ListeningPort.open(
                        what, ListeningPort.LOOPBACK, port, new ServerConnector(server, 1, 1));
        server.addConnector(connector);
        server.setHandler(new OnlyByLoopbackNames(handler));
        start(what, server);
        return new LoopbackServer(what, server, connector.getLocalPort());
    }

    private static QueuedThreadPool threads(String what) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName(what);
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(what + "-", 0).factory()));
        return threads;
    }

    private static void start(String what, Server server) {
        try {
            server.start();
        } catch (Exception e) {
            stop(what, server);
            throw new IllegalStateException(what + " cannot start: " + e, e);
        }
    }

    /** With the port that it has. */
    public URI uri() {
        return URI.create("http://" + ListeningPort.LOOPBACK + ":" + port);
    }

    /** Closes the port and what is connected to it. Requests under way are not waited for. */
    @Override
    public void close() {
        stop(what, server);
    }

    private static void stop(String what, Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn(
                    "the port of {} did not close in order; it goes down with the process",
                    what,
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
