package dev.statuswire.emulator.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a client's upgrade request; Jetty reuses the original.
 *
 * @param headers the headers as sent, with the {@code X-Forwarded} headers that API Gateway adds
 * @param query the decoded query string
 * @param sourceIp the client's address
 */
record Handshake(
        Map<String, List<String>> headers, Map<String, List<String>> query, String sourceIp) {

    /** The only supported version of the protocol. */
    static final String VERSION = "13";

    private static final int KEY_BYTES = 16;

    /** With the padding, which the protocol requires. */
    private static final int KEY_CHARACTERS = 24;

    static Handshake of(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        headers.put("X-Forwarded-For", List.of(request.getRemoteAddr()));
        headers.put("X-Forwarded-Port", List.of(Integer.toString(request.getLocalPort())));
        headers.put("X-Forwarded-Proto", List.of(request.getScheme()));
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        return new Handshake(headers, query, request.getRemoteAddr());
    }

    /** Returns whether the handshake names exactly one version, the supported one. */
    boolean isOfVersion() {
        return all("Sec-WebSocket-Version").equals(List.of(VERSION));
    }

    /**
     * Returns whether the request can be upgraded. If not, no handler is called.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1">RFC 6455, section
     *     4.2.1</a>
     */
    boolean isWellFormed() {
        return "websocket".equalsIgnoreCase(String.join(",", all("Upgrade")))
                && all("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase)
                && isOfVersion()
                && isKey(header("Sec-WebSocket-Key").orElse(""));
    }

    /** Returns the comma-separated values of all headers with this name. */
    private List<String> all(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** Returns a header's value, or the last one if the header was sent several times. */
    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(entry -> entry.getValue().getLast());
    }

    @Nullable String userAgent() {
        return header("User-Agent").orElse(null);
    }

    private static boolean isKey(String text) {
        try {
            return text.length() == KEY_CHARACTERS
                    && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * Returns the last value of each name, which API Gateway provides in addition to the
     * multi-value map.
     */
    static Map<String, String> lastOfEach(Map<String, List<String>> values) {
        Map<String, String> last = new LinkedHashMap<>();
        values.forEach((name, all) -> last.put(name, all.getLast()));
        return last;
    }
}
