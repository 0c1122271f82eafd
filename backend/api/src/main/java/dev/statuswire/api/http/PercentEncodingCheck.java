package dev.statuswire.api.http;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/**
 * Rejects paths with an invalid percent-encoding, such as {@code %u0041}. The web server accepts
 * them, but the router fails on them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986, section 2.1</a>
 */
public final class PercentEncodingCheck {

    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private PercentEncodingCheck() {}

    /**
     * Checks the path of {@code call}.
     *
     * @throws ProblemException if its percent-encoding is invalid
     */
    public static void check(Context call) {
        if (BROKEN.matcher(call.req().getRequestURI()).find()) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "The percent-encoding of the path is invalid.");
        }
    }
}
