package dev.statuswire.emulator.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the path of an {@code @connections} command, {@code [/STAGE]/@connections/ID}. The at sign
 * and the id may be URL-encoded or not.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     {@code @connections} commands in your backend service</a>
 */
final class ConnectionPath {

    private static final Pattern FORM =
            Pattern.compile("(?:/([^/]+))?/(?:@|%40)connections/([^/]+)");

    private ConnectionPath() {}

    /**
     * Returns the connection's id, decoded.
     *
     * @param rawPath the path before decoding
     * @return empty if the path is not that of a connection, or has another stage
     */
    static Optional<String> idIn(String rawPath, String stage) {
        Matcher matcher = FORM.matcher(rawPath);
        if (!matcher.matches() || (matcher.group(1) != null && !matcher.group(1).equals(stage))) {
            return Optional.empty();
        }
        return decode(matcher.group(2));
    }

    private static Optional<String> decode(String segment) {
        try {
            String plusKept = segment.replace("+", "%2B");
            return Optional.of(URLDecoder.decode(plusKept, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
