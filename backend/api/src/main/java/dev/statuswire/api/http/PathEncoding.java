package dev.statuswire.api.http;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/**
 * Refuses paths that are not percent-encoded, such as with {@code %u0041}: the server lets them
 * pass, and the router fails over them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986, section 2.1</a>
 */
public final class PathEncoding {

    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private PathEncoding() {}

    /**
     * Lets {@code call} pass.
     *
     * @throws ProblemException or not
     */
    public static void check(Context call) {
        if (BROKEN.matcher(call.req().getRequestURI()).find()) {
            throw ProblemKind.MALFORMED_REQUEST.because("The path is not percent-encoded.");
        }
    }
}
