package dev.statuswire.emulator.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes and decodes the bytes of a WebSocket client, for clients that work at this level.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, section 5.2</a>
 */
public final class SocketBytes {

    public static final int TEXT = 1;
    public static final int CLOSE = 8;

    /** The FIN bit in a frame's first byte: the frame is the last of its message. */
    public static final int LAST = 0x80;

    private SocketBytes() {}

    /**
     * A frame that the server sent.
     *
     * @param bytes the size of the payload
     * @param closeCode the close code; 0 if the frame is not a close frame or has no code
     */
    public record Frame(int opCode, boolean last, int bytes, String text, int closeCode) {}

    /**
     * Returns a valid handshake.
     *
     * @param target the path and query string
     * @param moreHeaders further headers, each with its line break
     */
    public static byte[] handshake(String target, String moreHeaders) {
        return """
        GET %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        %s\r
        """
                .formatted(target, moreHeaders)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the head of an HTTP response, including the empty line. */
    public static String readHead(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /**
     * Returns a frame whose mask is all zeros.
     *
     * @param first the first byte: the opcode, {@link #LAST} and the reserved bits
     */
    public static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /**
     * Reads the next frame.
     *
     * @throws java.io.EOFException if the stream has ended
     */
    public static Frame readFrame(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        int opCode = first & 0x0F;
        int code = opCode == CLOSE && length >= 2 ? ByteBuffer.wrap(payload).getShort() : 0;
        String text = new String(payload, StandardCharsets.UTF_8);
        return new Frame(opCode, (first & LAST) != 0, length, text, code);
    }
}
