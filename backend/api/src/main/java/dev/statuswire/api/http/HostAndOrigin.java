package dev.statuswire.api.http;

import dev.statuswire.core.settings.CorsPolicy;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rejects calls that another site may have made a browser send. A page of another site can make its
 * own name resolve to this machine (DNS rebinding), so {@code Host} must be a name that is served
 * here. It can also send forms to this server, so {@code Origin}, if present, must be this host or
 * an allowed origin. The host that a {@linkplain TrustedForwarding trusted proxy} reports counts as
 * this host if it is served here. It never replaces {@code Host}, because a page can send any
 * header after a rebinding.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.4">RFC 9110, section 7.4,
 *     Rejecting Misdirected Requests</a>
 */
public final class HostAndOrigin {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final Set<String> hosts;
    private final Set<String> origins;

    /**
     * @param hosts in lower case; a host without a port matches every port
     * @param origins allowed in addition to the host itself, in lower case
     */
    public HostAndOrigin(Set<String> hosts, Set<String> origins) {
        this.hosts = Set.copyOf(hosts);
        this.origins = Set.copyOf(origins);
    }

    /**
     * Checks the host and the origin of {@code call}, and sets the headers of its response that
     * depend on the origin.
     *
     * @throws ProblemException if the host or origin is not allowed
     */
    public void check(Context call) {
        // The origin decides whether a page may read a response, even if this response has no CORS
        // header. Large responses are compressed.
        call.header("X-Content-Type-Options", "nosniff").header("Vary", "Origin, Accept-Encoding");
        if (call.header("X-HTTP-Method-Override") != null) {
            throw ProblemKind.MALFORMED_REQUEST.because("X-HTTP-Method-Override is not supported.");
        }
        String host = lowerCase(call.header("Host"));
        if (!isServed(host)) {
            throw ProblemKind.UNKNOWN_HOST.because(
                    "The Host header must be a name in STATUSWIRE_ALLOWED_HOSTS.");
        }
        String origin = lowerCase(call.header("Origin"));
        if (origins.contains(origin)) {
            allow(call);
        } else if (!isSafe(call) && !origin.isEmpty() && !isOwn(origin, call)) {
            throw forbidden();
        }
    }

    /**
     * Returns the origin that the client called. The scheme is the one that a trusted proxy
     * reports, if there is such a proxy. The host is the one that the proxy reports if it is served
     * here, otherwise {@code Host}. Requires that {@link #check} has accepted the call.
     */
    public String origin(Context call) {
        Optional<TrustedForwarding.CalledOrigin> forwarded =
                TrustedForwarding.CalledOrigin.of(call);
        boolean secure =
                forwarded.map(TrustedForwarding.CalledOrigin::secure).orElse(call.req().isSecure());
        String host =
                forwarded
                        .map(TrustedForwarding.CalledOrigin::authority)
                        .filter(this::isServed)
                        .orElseGet(() -> lowerCase(call.header("Host")));
        return (secure ? "https://" : "http://") + host;
    }

    /**
     * Checks the host and the origin of a call that opens a WebSocket. Browsers do not check
     * cross-origin WebSockets themselves, so every origin is checked here.
     *
     * @throws ProblemException if the host or origin is not allowed
     */
    public void checkUpgrade(Context call) {
        check(call);
        String origin = lowerCase(call.header("Origin"));
        if (!origin.isEmpty() && !isOwn(origin, call) && !origins.contains(origin)) {
            throw forbidden();
        }
    }

    private static ProblemException forbidden() {
        return ProblemKind.FORBIDDEN_ORIGIN.because(
                "The Origin header must be this host or an origin in STATUSWIRE_ALLOWED_ORIGINS.");
    }

    private boolean isServed(String host) {
        return hosts.contains(host) || hosts.contains(PORT.matcher(host).replaceFirst(""));
    }

    /** Compares {@code Host} without the scheme, because a proxy in front may use another one. */
    private boolean isOwn(String origin, Context call) {
        String host = lowerCase(call.header("Host"));
        return origin.equals("http://" + host)
                || origin.equals("https://" + host)
                || origin.equals(origin(call));
    }

    private static boolean isSafe(Context call) {
        return SAFE.contains(call.method().name());
    }

    /**
     * Adds the headers that let the page read the response.
     *
     * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
     */
    private static void allow(Context call) {
        call.header("Access-Control-Allow-Origin", String.valueOf(call.header("Origin")))
                .header("Access-Control-Expose-Headers", String.join(", ", CorsPolicy.EXPOSED));
        if (call.header("Access-Control-Request-Method") != null) {
            call.header("Access-Control-Allow-Methods", String.join(", ", CorsPolicy.METHODS))
                    .header("Access-Control-Allow-Headers", String.join(", ", CorsPolicy.HEADERS))
                    .header(
                            "Access-Control-Max-Age",
                            String.valueOf(CorsPolicy.REMEMBERED.toSeconds()));
        }
    }

    private static String lowerCase(@Nullable String header) {
        return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    }
}
