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

/** Bytes to a server, and all that it answers until it closes. */
final class RawCall {

    private static final int HANGS_AFTER_MILLIS = 120_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r]");

    private static final Pattern REFUSED = Pattern.compile("HTTP/1\\.[01] [45]\\d\\d ");

    /** For a version or a transfer coding that HTTP does not know; the server's own to refuse. */
    private static final List<Integer> OF_HTTP = List.of(501, 505);

    private RawCall() {}

    /** What is answered to {@code request}, after which nothing more comes. */
    static String answer(int port, byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(HANGS_AFTER_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException refusedAlready) {
                // what it said before it closed is still to be read
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
            throw new AssertionError("no end after " + answer, hangs);
        } catch (SocketException reset) {
            // it closed with bytes of ours unread
        }
        return answer.toString();
    }

    /** The status codes that are in it, without those on the way. */
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

    /** Whatever was sent, the server is not at fault and tells nothing of its inside. */
    static void assertSound(String answer) {
        assertThat(statuses(answer))
                .as(answer)
                .allMatch(status -> status < 500 || OF_HTTP.contains(status));
        boolean file = answer.contains("Content-Type: text/") || answer.contains("yaml");
        Leaks.assertNone(file ? answer.substring(refusal(answer)) : answer);
    }

    /** Where the first answer begins that is not the file that was asked for. */
    private static int refusal(String answer) {
        var found = REFUSED.matcher(answer);
        return found.find() ? found.start() : answer.length();
    }
}
