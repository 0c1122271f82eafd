package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Sends bytes to a server and reads its whole response, until it closes the connection. */
final class RawCall {

    private static final int HANGS_AFTER_MILLIS = 120_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r]");

    private static final Pattern REFUSED = Pattern.compile("HTTP/1\\.[01] [45]\\d\\d ");

    /** The server's refusals of an unknown HTTP version or transfer coding. */
    private static final List<Integer> REFUSED_BY_SERVER = List.of(501, 505);

    private RawCall() {}

    /** Sends {@code request}, closes the output, and returns the response. */
    static String answer(int port, byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(HANGS_AFTER_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException refusedAlready) {
                // what the server sent before it closed is still to be read
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        var answer = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError(
                    "the server did not end the connection after " + answer, hangs);
        } catch (SocketException reset) {
            // the server closed the connection without reading all bytes
        }
        return answer.toString();
    }

    /** Returns the status codes in {@code answer}, without interim ones. */
    static List<Integer> statuses(String answer) {
        return STATUS.matcher(answer)
                .results()
                .map(RawCall::status)
                .filter(status -> status >= 200)
                .toList();
    }

    private static int status(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    /** Asserts that the response is no server error and reveals no internal details. */
    static void assertSound(String answer) {
        assertThat(statuses(answer))
                .as(answer)
                .allMatch(status -> status < 500 || REFUSED_BY_SERVER.contains(status));
        boolean file = answer.contains("Content-Type: text/") || answer.contains("yaml");
        Leaks.assertNone(file ? answer.substring(refusal(answer)) : answer);
    }

    /**
     * Returns the position of the first error response; what precedes it may be a requested file.
     */
    private static int refusal(String answer) {
        var found = REFUSED.matcher(answer);
        return found.find() ? found.start() : answer.length();
    }
}
