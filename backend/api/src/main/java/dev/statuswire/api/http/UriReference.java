package dev.statuswire.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Paths as URI references. A server gets paths that none may have, and answers them too.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986, section 3.3</a>
 */
final class UriReference {

    /** What cannot stand in a path, and percent signs that begin no escape. */
    private static final Pattern NOT_IN_A_PATH =
            Pattern.compile("%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,./:;=@_~0-9A-Za-z-]");

    private UriReference() {}

    /**
     * Returns the reference to {@code path} on the same server, with what is encoded left as it is.
     *
     * @param path null is the root
     */
    static String ofPath(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            return ofPath("/" + (path == null ? "" : path));
        }
        String encoded =
                NOT_IN_A_PATH.matcher(path).replaceAll(found -> percentEncoded(found.group()));
        // Two slashes would begin the name of another server.
        return encoded.startsWith("//") ? "/." + encoded : encoded;
    }

    /** Half of a surrogate pair becomes a question mark, encoded. */
    private static String percentEncoded(String character) {
        var encoded = new StringBuilder();
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format(Locale.ROOT, "%%%02X", each));
        }
        return encoded.toString();
    }
}
