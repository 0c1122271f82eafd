package dev.statuswire.emulator.loopback;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.server.ServerConnector;

/** A TCP port, for a server that is about to start. */
public final class ListeningPort {

    /** The numeric loopback address, which needs no name lookup. */
    public static final String LOOPBACK = "127.0.0.1";

    private ListeningPort() {}

    /**
     * Opens {@code port} of {@code address} for {@code connector} before its server starts. A
     * server that fails to open a port itself logs the error, in addition to the caller's message.
     *
     * @param what the server that will listen there, for the message
     * @param address a host name or numeric address of this machine; 0.0.0.0 for all addresses
     * @param port the port; 0 selects a free one
     * @return {@code connector}
     * @throws PortException if the port is taken or cannot be opened for another reason
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
