package dev.statuswire.emulator.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * What the kernel keeps for a client besides {@link OutboundBuffer}. Left to itself it keeps
 * megabytes, and so much must be sent to a client that has stopped reading before anybody notices.
 */
final class SendBuffer {

    private static final int BYTES = 64 * 1024;

    private SendBuffer() {}

    /** Bounds it for the connection of {@code request}. */
    static void bound(HttpServletRequest request) throws IOException {
        Object transport =
                ServletContextRequest.getServletContextRequest(request)
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .getTransport();
        if (transport instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BYTES);
        }
    }
}
