package dev.statuswire.core.settings;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a browser may do for the page: it has no script and no style in its markup, and talks to its
 * own origin (sockets included, by CSP level 3) and to whoever logs its people in.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
public final class PagePolicy {

    private PagePolicy() {}

    /**
     * The value of {@code Content-Security-Policy}.
     *
     * @param loginOrigins where an issuer's discovery document and token endpoint are
     */
    public static String contentSecurity(List<String> loginOrigins) {
        String connect =
                Stream.concat(Stream.of("'self'"), loginOrigins.stream())
                        .distinct()
                        .collect(Collectors.joining(" "));
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "connect-src " + connect,
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }
}
