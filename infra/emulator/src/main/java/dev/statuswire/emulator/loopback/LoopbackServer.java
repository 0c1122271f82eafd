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
 * An HTTP server on the loopback address, its handler on virtual threads so that it may block.
 *
 * <p>It is for programs of this machine, not for web pages. It refuses, with 403, a call by another
 * name than the loopback's, so that no page gets here by pointing a name of its own at this machine
 * (DNS rebinding); and a call that a browser makes for a page of another origin, so that no page
 * sends anything here that has effects, which needs no answer to do harm. Pages of another port of
 * this machine are of another origin, too.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Fetch, the {@code Origin} header</a>
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata, the
 *     {@code Sec-Fetch-Site} header</a>
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);
    private static final Set<String> NAMES = Set.of(ListeningPort.LOOPBACK, "localhost");

    /** Of {@code Sec-Fetch-Site}: the same origin, or an address that a person typed. */
    private static final Set<String> FROM_NO_OTHER_PAGE = Set.of("same-origin", "none");

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
        server.setHandler(new OnlyForThisMachine(handler));
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

    private static final class OnlyForThisMachine extends Handler.Wrapper {

        OnlyForThisMachine(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            if (NAMES.contains(name(request)) && !isOfAnotherOrigin(request)) {
                return super.handle(request, response, callback);
            }
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
            return true;
        }

        private static String name(Request request) {
            return Request.getServerName(request).toLowerCase(Locale.ROOT);
        }

        private static boolean isOfAnotherOrigin(Request request) {
            String origin = request.getHeaders().get(HttpHeader.ORIGIN);
            String site = request.getHeaders().get("Sec-Fetch-Site");
            return (origin != null && !origin.equalsIgnoreCase(own(request)))
                    || (site != null && !FROM_NO_OTHER_PAGE.contains(site));
        }

        private static String own(Request request) {
            return "http://" + name(request) + ":" + Request.getServerPort(request);
        }
    }
}
