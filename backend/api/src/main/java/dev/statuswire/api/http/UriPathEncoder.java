package dev.statuswire.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts paths to URI references. The server also responds to calls whose path is not valid in a
 * URI.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986, section 3.3</a>
 */
final class UriPathEncoder {

    /** Characters that are not allowed in a path, and percent signs that do not start an escape. */
    private static final Pattern NOT_IN_A_PATH =
            Pattern.compile("%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,./:;=@_~0-9A-Za-z-]");

    private UriPathEncoder() {}

    /**
     * Returns the reference to {@code path} on the same server. Encoded parts stay unchanged.
     *
     * @param path null for the root
     */
    static String ofPath(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            return ofPath("/" + (path == null ? "" : path));
        }
        String encoded =
                NOT_IN_A_PATH.matcher(path).replaceAll(found -> percentEncoded(found.group()));
        // Two slashes would start the name of another server.
        return encoded.startsWith("//") ? "/." + encoded : encoded;
    }

    /** Half of a surrogate pair becomes an encoded question mark. */
    private static String percentEncoded(String character) {
        var encoded = new StringBuilder();
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format(Locale.ROOT, "%%%02X", each));
        }
        return encoded.toString();
    }
}
