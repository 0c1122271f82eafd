package dev.statuswire.api.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Sends raw HTTP requests, including those that no HTTP client would send. */
public final class RawHttp {

    private static final int HANGS_AFTER_MILLIS = 120_000;

    private RawHttp() {}

    /** Returns the start of the status line of a response that may leave the connection open. */
    public static String head(int port, String... lines) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Returns the whole response of the server at {@code port}.
     *
     * @param lines of the request's head, without the empty one at its end
     */
    public static String send(int port, String... lines) {
        String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
        return answer(port, head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends {@code request}, closes the output, and returns what the server at {@code port} sends
     * until it closes the connection. Fails if the server does not close it within two minutes.
     */
    public static String answer(int port, byte[] request) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(HANGS_AFTER_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException refusedAlready) {
                // what the server sent before it closed is still to be read
            }
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError(
                    "the server did not end the connection after " + answer, hangs);
        } catch (SocketException reset) {
            // the server closed the connection without reading all bytes
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
