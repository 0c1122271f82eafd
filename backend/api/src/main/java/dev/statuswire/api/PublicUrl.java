package dev.statuswire.api;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The URL at which clients call a proxy in front of the API.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port such as {@code :8443}; empty for the scheme's default port
 * @param path empty, or such as {@code /work}
 */
record PublicUrl(String scheme, String host, String port, String path) {

    /** The highest TCP port. */
    static final int MAX_PORT = 65_535;

    private static final Pattern TRAILING_SLASHES = Pattern.compile("/+$");

    /**
     * Parses {@code url}.
     *
     * @throws IllegalArgumentException if it is not an {@code http:} or {@code https:} URL with a
     *     host, if its port is over 65535, or if it has user information, a query or a fragment
     */
    static PublicUrl of(URI url) {
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

    /** Returns the origin of pages that are served from this URL. */
    String origin() {
        return scheme + "://" + host + port;
    }

    /** Returns the URL at which clients open live sockets. */
    URI live() {
        return URI.create(origin().replaceFirst("http", "ws") + path + "/live");
    }
}
