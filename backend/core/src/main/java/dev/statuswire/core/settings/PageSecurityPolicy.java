package dev.statuswire.core.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Security headers of the page. The page has no inline scripts or styles, creates no scripts from
 * text, cannot be framed, and connects only to its own origin (sockets included, by CSP level 3)
 * and to the issuer with which its users log in.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 * @see <a href="https://www.w3.org/TR/trusted-types/">Trusted Types</a>
 */
public final class PageSecurityPolicy {

    /**
     * The Trusted Types policy with which Lit creates its templates. No other policy may create
     * markup from text.
     */
    private static final String TEMPLATES = "lit-html";

    /**
     * Headers, by name, that isolate the page from windows of other origins and from the user's
     * devices. The page copies to the clipboard and needs no other permission.
     */
    public static final Map<String, String> ISOLATION =
            Map.of(
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Permissions-Policy",
                    "clipboard-write=(self), camera=(), display-capture=(), geolocation=(),"
                            + " microphone=(), payment=(), usb=()");

    /** Headers, by name, of the client module, which every page may import. */
    public static final Map<String, String> ANY_ORIGIN =
            Map.of(
                    "Access-Control-Allow-Origin",
                    "*",
                    "Cross-Origin-Resource-Policy",
                    "cross-origin");

    private PageSecurityPolicy() {}

    /**
     * Returns the value of {@code Content-Security-Policy}.
     *
     * @param loginOrigins the origins of the issuer's discovery document and token endpoint
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
