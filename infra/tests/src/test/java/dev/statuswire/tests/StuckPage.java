package dev.statuswire.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A live socket whose client never reads after the handshake. */
final class StuckPage implements AutoCloseable {

    private static final int SMALL = 1024;

    private final Socket socket = new Socket();

    StuckPage(RunningLocally local) throws IOException {
        String ticket = local.api().post("/live/tickets").json().get("ticket").asText();
        socket.setReceiveBufferSize(SMALL);
        int port = local.page().getPort();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String handshake =
                """
                GET /live?ticket=%s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """
                        .formatted(ticket, port);
        socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
        String answer =
                new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        if (!answer.equals("HTTP/1.1 101")) {
            throw new AssertionError(answer);
        }
    }

    /** One masked text frame, with a mask of zeros. */
    void subscribe() throws IOException {
        byte[] text = "{\"action\":\"subscribe\"}".getBytes(StandardCharsets.US_ASCII);
        var out = socket.getOutputStream();
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0});
        out.write(text);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
