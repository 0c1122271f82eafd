package dev.statuswire.tests;

import dev.statuswire.emulator.gateway.SocketBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A live socket whose client never reads after the handshake. */
final class StuckPage implements AutoCloseable {

    private static final int SMALL = 1024;

    private final Socket socket = new Socket();

    StuckPage(RuntimeExtension local) throws IOException {
        socket.setReceiveBufferSize(SMALL);
        int port = local.page().getPort();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(SocketBytes.handshake("/live?ticket=" + local.api().ticket(), ""));
        String answer =
                new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        if (!answer.equals("HTTP/1.1 101")) {
            throw new AssertionError(answer);
        }
    }

    void subscribe() throws IOException {
        byte[] text = "{\"action\":\"subscribe\"}".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream()
                .write(SocketBytes.frame(SocketBytes.LAST | SocketBytes.TEXT, text));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
