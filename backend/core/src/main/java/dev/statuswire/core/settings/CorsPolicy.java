package dev.statuswire.core.settings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The CORS policy: what a page of another, allowed origin may send and read. The API sends it with
 * its own responses. On AWS, CloudFront sends it with all responses, because some calls do not
 * reach the API.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public final class CorsPolicy {

    public static final List<String> METHODS = List.of("DELETE", "GET", "HEAD", "POST", "PUT");

    /** The request headers that a page may send. */
    public static final List<String> HEADERS =
            List.of("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Prefer");

    /** The response headers that a page may read, in addition to those that every page may read. */
    public static final List<String> EXPOSED = List.of("ETag", "Location", "Retry-After");

    /** How long a browser may cache the response to a preflight request. */
    public static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d+)?");

    private CorsPolicy() {}

    /**
     * Returns whether {@code text} is an origin in lower case, such as {@code https://example.org},
     * without a path.
     */
    public static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }
}
