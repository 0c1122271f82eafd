package dev.statuswire.emulator.loopback;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.server.ServerConnector;

/** A TCP port, for a server that is about to start. */
public final class ListeningPort {

    /** The loopback address in numbers, which nothing needs to look up. */
    public static final String LOOPBACK = "127.0.0.1";

    private ListeningPort() {}

    /**
     * Opens {@code port} of {@code address} for {@code connector}, ahead of its server's start: a
     * server that fails to open it logs that in its own words, beside what the caller says.
     *
     * @param what will answer there, for the message
     * @param address a name or a number of this machine's; 0.0.0.0 for all of them
     * @param port 0 takes a free one
     * @throws PortException it is taken, or cannot be opened for another reason
     */
    public static ServerConnector open(
            String what, String address, int port, ServerConnector connector) {
        connector.setHost(address);
        connector.setPort(port);
        try {
            connector.open();
        } catch (IOException e) {
            throw new PortException(
                    what + " cannot listen on " + address + ":" + port + ": " + reason(e), e);
        }
        return connector;
    }

    private static String reason(IOException e) {
        return e.getCause() instanceof BindException || e instanceof BindException
                ? "the port is taken"
                : e.toString();
    }
}
