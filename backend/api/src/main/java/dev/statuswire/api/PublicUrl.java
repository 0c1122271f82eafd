package dev.statuswire.api;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address by which clients call a proxy in front.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port such as {@code :8443}; empty for the scheme's own
 * @param path empty, or such as {@code /work}
 */
record PublicUrl(String scheme, String host, String port, String path) {

    /** The highest port of TCP. */
    static final int MAX_PORT = 65_535;

    private static final Pattern SLASHES_AT_THE_END = Pattern.compile("/+$");

    /**
     * Reads {@code url}.
     *
     * @throws IllegalArgumentException if it is not one of {@code http:} or {@code https:} with a
     *     host, if its port is over 65535, or if it has more than a port and a path besides
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
                    "not an http: or https: address with a host, a port up to 65535"
                            + " and no query: "
                            + url);
        }
        int standard = scheme.equals("https") ? 443 : 80;
        boolean hasPort = url.getPort() >= 0 && url.getPort() != standard;
        return new PublicUrl(
                scheme,
                url.getHost().toLowerCase(Locale.ROOT),
                hasPort ? ":" + url.getPort() : "",
                SLASHES_AT_THE_END.matcher(url.getRawPath()).replaceFirst(""));
    }

    /** The origin of pages that come from there. */
    String origin() {
        return scheme + "://" + host + port;
    }

    /** Where live sockets are opened. */
    URI live() {
        return URI.create(origin().replaceFirst("http", "ws") + path + "/live");
    }
}
