package dev.statuswire.emulator.loopback;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
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
 * An HTTP server on the loopback address. It runs its handler on virtual threads, so the handler
 * may block.
 *
 * <p>The server is for programs on this machine, not for web pages. It responds with 403 to two
 * kinds of calls. The first is a call whose {@code Host} is not a name of the loopback address, so
 * that no web page gets access by pointing its own host name at this machine (DNS rebinding). The
 * second is a call that a browser makes for a page of another origin, so that no page can cause
 * side effects, which do harm even if the page cannot read the response. A page on another port of
 * this machine also has another origin.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Fetch, the {@code Origin} header</a>
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata, the
 *     {@code Sec-Fetch-Site} header</a>
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);
    private static final Set<String> NAMES = Set.of(ListeningPort.LOOPBACK, "localhost");

    /** Values of {@code Sec-Fetch-Site} for the same origin and for a URL that the user entered. */
    private static final Set<String> ALLOWED_SITES = Set.of("same-origin", "none");

    private final String what;
    private final Server server;
    private final int port;

    private LoopbackServer(String what, Server server, int port) {
        this.what = what;
        this.server = server;
        this.port = port;
    }

    /**
     * Opens the port and starts the server.
     *
     * @param what the server's name, for messages and thread names
     * @param port the port; 0 selects a free one
     * @throws PortException if the port is taken or cannot be opened for another reason
     */
    public static LoopbackServer open(String what, int port, Handler handler) {
        Server server = new Server(threads(what));
        ServerConnector connector =
                ListeningPort.open(
                        what, ListeningPort.LOOPBACK, port, new ServerConnector(server, 1, 1));
        server.addConnector(connector);
        server.setHandler(new LocalCallsOnly(handler));
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
            throw new IllegalStateException(what + " could not start: " + e, e);
        }
    }

    /** Returns the server's URI, with the actual port. */
    public URI uri() {
        return URI.create("http://" + ListeningPort.LOOPBACK + ":" + port);
    }

    /** Closes the port and its connections. Does not wait for running requests. */
    @Override
    public void close() {
        stop(what, server);
    }

    private static void stop(String what, Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn(
                    "could not close the port of {}; it stays open until the process exits",
                    what,
                    e);
        }
    }

    private static final class LocalCallsOnly extends Handler.Wrapper {

        LocalCallsOnly(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            if (NAMES.contains(name(request)) && !isCrossOrigin(request)) {
                return super.handle(request, response, callback);
            }
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
            return true;
        }

        private static String name(Request request) {
            return Request.getServerName(request).toLowerCase(Locale.ROOT);
        }

        private static boolean isCrossOrigin(Request request) {
            String origin = request.getHeaders().get(HttpHeader.ORIGIN);
            String site = request.getHeaders().get("Sec-Fetch-Site");
            return (origin != null && !origin.equalsIgnoreCase(ownOrigin(request)))
                    || (site != null && !ALLOWED_SITES.contains(site));
        }

        private static String ownOrigin(Request request) {
            return "http://" + name(request) + ":" + Request.getServerPort(request);
        }
    }
}
