package dev.statuswire.core.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a browser may do for the page: it has no script and no style in its markup, makes no script
 * of text, is in no frame, and talks to its own origin (sockets included, by CSP level 3) and to
 * whoever logs its people in.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 * @see <a href="https://www.w3.org/TR/trusted-types/">Trusted Types</a>
 */
public final class PageSecurityPolicy {

    /** What Lit makes its templates with; nothing else may make markup of text. */
    private static final String TEMPLATES = "lit-html";

    /**
     * Headers, by name, that part the page from windows of others and from the devices of whoever
     * looks at it; it copies to the clipboard, and needs nothing else.
     */
    public static final Map<String, String> APART =
            Map.of(
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Permissions-Policy",
                    "clipboard-write=(self), camera=(), display-capture=(), geolocation=(),"
                            + " microphone=(), payment=(), usb=()");

    /** Headers, by name, of the client module: every page may import it. */
    public static final Map<String, String> FOR_EVERYBODY =
            Map.of(
                    "Access-Control-Allow-Origin",
                    "*",
                    "Cross-Origin-Resource-Policy",
                    "cross-origin");

    private PageSecurityPolicy() {}

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
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types " + TEMPLATES);
    }
}
