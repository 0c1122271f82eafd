package dev.statuswire.local.loopback;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.server.ServerConnector;

/** A TCP port on the loopback address, for a server that is about to start. */
public final class LoopbackPort {

    /** Its name in numbers, which nothing needs to look up. */
    public static final String ADDRESS = "127.0.0.1";

    private LoopbackPort() {}

    /**
     * Opens {@code port} for {@code connector}, ahead of its server's start: a server that fails to
     * open it logs that in its own words, beside what the caller says.
     *
     * @param what will answer there, for the message
     * @param port 0 takes a free one
     * @throws PortException it is taken, or cannot be opened for another reason
     */
    public static ServerConnector open(String what, int port, ServerConnector connector) {
        connector.setHost(ADDRESS);
        connector.setPort(port);
        try {
            connector.open();
        } catch (IOException e) {
            throw new PortException(
                    what + " cannot listen on " + ADDRESS + ":" + port + ": " + reason(e), e);
        }
        return connector;
    }

    private static String reason(IOException e) {
        return e.getCause() instanceof BindException || e instanceof BindException
                ? "the port is taken"
                : e.toString();
    }
}
