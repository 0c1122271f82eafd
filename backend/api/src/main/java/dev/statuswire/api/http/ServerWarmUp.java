package dev.statuswire.api.http;

import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first call and the first WebSocket upgrade of a server itself. Javalin initialises
 * lazily and without synchronisation at each of the two ({@code javalinLazy}), so concurrent first
 * calls can fail with a 500. As a bean of the server, the warm-up starts after the handlers and
 * before the connectors, so it runs before any call of a client.
 */
public final class ServerWarmUp extends AbstractLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWarmUp.class);

    private static final String CALL =
            "GET /types HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    /** No WebSocket has this path, so the upgrade gets a 404 and opens no connection. */
    private static final String UPGRADE = CALL + "Sec-WebSocket-Version: 13\r\n";

    private final Server server;

    public ServerWarmUp(Server server) {
        this.server = server;
    }

    @Override
    protected void doStart() throws Exception {
        var connector = new LocalConnector(server);
        connector.start();
        try {
            make(CALL, connector);
            make(UPGRADE, connector);
        } finally {
            connector.stop();
        }
    }

    private static void make(String call, LocalConnector connector) throws Exception {
        if (connector.getResponse(call + "\r\n") == null) {
            LOG.warn("no response to the warm-up call; a client's first call may fail with 500");
        }
    }
}
