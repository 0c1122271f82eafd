package dev.statuswire.local.gateway;

import dev.statuswire.core.testing.Await;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that shows single frames, and may stop reading. */
final class RawClient implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;

    /**
     * A frame of the server.
     *
     * @param bytes of payload
     * @param closeCode 0 if it is no close frame
     */
    record Frame(int opCode, boolean last, int bytes, String text, int closeCode) {}

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /**
     * Connects without shaking hands.
     *
     * @param receiveBuffer of the socket, in bytes; 0 leaves it as it is
     */
    RawClient(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(30_000);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Connects and shakes hands; fails if the answer is not 101. */
    static RawClient open(int port, int receiveBuffer) {
        RawClient client = new RawClient(port, receiveBuffer);
        String answer = client.shakeHands("");
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(answer);
        }
        return client;
    }

    /** Shakes hands, and gives the answer's head, up to the empty line. */
    String shakeHands(String moreHeaders) {
        sendHandshake(moreHeaders);
        return readHead();
    }

    void sendHandshake(String moreHeaders) {
        String request =
                """
                GET /live HTTP/1.1\r
                Host: 127.0.0.1\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                %s\r
                """
                        .formatted(moreHeaders);
        write(request);
    }

    /** Sends any request, and reads the answer's head. */
    String exchange(String request) {
        write(request);
        return readHead();
    }

    private void write(String request) {
        try {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String readHead() {
        try {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            return head.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A frame with a mask of zeros. */
    void send(int opCode, boolean last, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((last ? 0x80 : 0) | opCode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        try {
            out.write(frame.array(), 0, frame.position());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Frame read() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            int opCode = first & 0x0F;
            int code = opCode == CLOSE && length >= 2 ? ByteBuffer.wrap(payload).getShort() : 0;
            String text = new String(payload, StandardCharsets.UTF_8);
            return new Frame(opCode, (first & 0x80) != 0, length, text, code);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads until the stream ends, and whether it ended at all. */
    boolean endsWithin(int millis) {
        try {
            socket.setSoTimeout(millis);
            byte[] sink = new byte[64 * 1024];
            while (in.read(sink) >= 0) {}
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Whether the server gave the connection up, found out by writing alone; waits for it. */
    boolean isCutOff() {
        Await.until("cut off", this::cannotWrite);
        return true;
    }

    private boolean cannotWrite() {
        try {
            out.write(0);
            return false;
        } catch (IOException reset) {
            return true;
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
