package dev.statuswire.bench.drive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A page that subscribed and then stopped reading: its frames stay with the system and the server.
 * It speaks as little of RFC 6455 as that takes.
 */
public final class DeafSocket implements AutoCloseable {

    private static final int RECEIVE_BUFFER = 4096;
    private static final int TEXT_MASKED = 0x81;
    private static final int MASKED = 0x80;

    private final Socket socket = new Socket();

    private DeafSocket() {}

    /** Opens one. Returns once it is subscribed. */
    public static DeafSocket open(Api api) {
        var deaf = new DeafSocket();
        try {
            deaf.subscribe(api.liveUri());
            return deaf;
        } catch (IOException failed) {
            deaf.close();
            throw new UncheckedIOException(failed);
        }
    }

    private void subscribe(URI uri) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        write(
                """
                GET %s?%s HTTP/1.1\r
                Host: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                Sec-WebSocket-Version: 13\r
                \r
                """
                        .formatted(uri.getPath(), uri.getQuery(), uri.getAuthority())
                        .getBytes(StandardCharsets.US_ASCII));
        readUntil("\r\n\r\n");
        byte[] text = "{\"action\":\"subscribe\"}".getBytes(StandardCharsets.US_ASCII);
        write(new byte[] {(byte) TEXT_MASKED, (byte) (MASKED | text.length), 0, 0, 0, 0});
        write(text);
        readUntil("subscribed");
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private void readUntil(String end) throws IOException {
        InputStream in = socket.getInputStream();
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + read);
            }
            read.append((char) next);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
