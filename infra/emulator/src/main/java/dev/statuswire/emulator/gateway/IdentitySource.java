package dev.statuswire.emulator.gateway;

import java.util.List;
import java.util.Map;

/**
 * A request parameter without which the authorizer is not asked and the client gets 401.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html">Configure
 *     a Lambda authorizer</a>
 */
record IdentitySource(boolean header, String name) {

    private static final String HEADER = "route.request.header.";
    private static final String QUERY_STRING = "route.request.querystring.";

    /**
     * Reads the form that AWS uses.
     *
     * @throws IllegalArgumentException if the text is of neither form
     */
    static IdentitySource parse(String text) {
        if (text.startsWith(HEADER)) {
            return new IdentitySource(true, text.substring(HEADER.length()));
        }
        if (text.startsWith(QUERY_STRING)) {
            return new IdentitySource(false, text.substring(QUERY_STRING.length()));
        }
        throw new IllegalArgumentException("not an identity source: " + text);
    }

    /** Whether the handshake carries it, and not empty. */
    boolean isIn(Handshake handshake) {
        return header
                ? handshake.headers().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().equalsIgnoreCase(name) && present(entry))
                : handshake.query().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().equals(name) && present(entry));
    }

    private static boolean present(Map.Entry<String, List<String>> entry) {
        return entry.getValue().stream().anyMatch(value -> !value.isEmpty());
    }
}
