package dev.statuswire.emulator.gateway;

import java.util.List;
import java.util.Map;

/**
 * A request parameter that a handshake must have. If it is missing, the client gets 401 and the
 * authorizer is not called.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html">Configure
 *     a Lambda authorizer</a>
 */
record IdentitySource(boolean header, String name) {

    private static final String HEADER = "route.request.header.";
    private static final String QUERY_STRING = "route.request.querystring.";

    /**
     * Parses an identity source in the form that AWS uses.
     *
     * @throws IllegalArgumentException if the text is not an identity source
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

    /** Returns whether the handshake has the parameter with a non-empty value. */
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
