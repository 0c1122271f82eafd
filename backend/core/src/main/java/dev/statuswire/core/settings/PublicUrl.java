package dev.statuswire.core.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URL at which clients reach the page and the API, such as that of a proxy in front.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port such as {@code :8443}; empty for the scheme's default port
 * @param path empty, or such as {@code /work}
 */
public record PublicUrl(String scheme, String host, String port, String path) {

    /** The highest TCP port. */
    public static final int MAX_PORT = 65_535;

    private static final Pattern TRAILING_SLASHES = Pattern.compile("/+$");

    /**
     * Parses {@code url}.
     *
     * @throws IllegalArgumentException if it is not an {@code http:} or {@code https:} URL with a
     *     host, if its port is over 65535, or if it has user information, a query or a fragment
     */
    public static PublicUrl of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean isWeb = scheme.equals("http") || scheme.equals("https");
        boolean isBare =
                url.getRawUserInfo() == null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null;
        if (!isWeb || url.getHost() == null || url.getPort() > MAX_PORT || !isBare) {
            throw new IllegalArgumentException(
                    "not an http: or https: URL with a host, a port up to 65535, and no"
                            + " user information, query or fragment: "
                            + url);
        }
        int defaultPort = scheme.equals("https") ? 443 : 80;
        boolean hasPort = url.getPort() >= 0 && url.getPort() != defaultPort;
        return new PublicUrl(
                scheme,
                url.getHost().toLowerCase(Locale.ROOT),
                hasPort ? ":" + url.getPort() : "",
                TRAILING_SLASHES.matcher(url.getRawPath()).replaceFirst(""));
    }

    /**
     * Reads {@code STATUSWIRE_PUBLIC_URL}; empty if it is not set.
     *
     * @throws IllegalArgumentException like {@link #of}
     */
    public static Optional<PublicUrl> from(Environment environment) {
        return environment.uri("STATUSWIRE_PUBLIC_URL").map(PublicUrl::of);
    }

    /** Returns the origin of pages that are served from this URL. */
    public String origin() {
        return scheme + "://" + host + port;
    }

    /** Returns the URL at which clients open live sockets. */
    public URI live() {
        return URI.create(origin().replaceFirst("http", "ws") + path + "/live");
    }

    /** Returns the URL of a link to a request. */
    public URI link(String secret) {
        return URI.create(origin() + path + "/l/" + secret);
    }
}
