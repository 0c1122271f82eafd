package dev.statuswire.core.settings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page of another origin may send and see once its origin is allowed. The API says it of its
 * own answers; on AWS CloudFront says it of all, since some calls do not get as far as the API.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public final class CorsPolicy {

    public static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT");

    /** What it may send. */
    public static final List<String> HEADERS =
            List.of("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Prefer");

    /** What it may see of an answer, besides what every page may. */
    public static final List<String> EXPOSED = List.of("ETag", "Location", "Retry-After");

    /** How long a browser need not ask again whether it may call. */
    public static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d+)?");

    private CorsPolicy() {}

    /** Whether it is an origin in lower case, such as {@code https://example.org}: no path. */
    public static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }
}
