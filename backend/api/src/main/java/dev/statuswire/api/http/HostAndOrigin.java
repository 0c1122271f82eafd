package dev.statuswire.api.http;

import dev.statuswire.core.settings.CorsPolicy;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls that a browser was led to make. A page of another site can have its own name point
 * to this machine (DNS rebinding), so {@code Host} must be one that is served here; and it can send
 * forms here, so {@code Origin}, where there is one, must be this host or one that is allowed. What
 * a {@linkplain TrustedForwarding proxy} says that it was called by counts as this host if it is
 * served here, and never instead of {@code Host}: after a rebinding, a page can send any header.
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
     * @param hosts in lower case; one without a port stands for all its ports
     * @param origins in lower case, besides the host itself
     */
    public HostAndOrigin(Set<String> hosts, Set<String> origins) {
        this.hosts = Set.copyOf(hosts);
        this.origins = Set.copyOf(origins);
    }

    /**
     * Lets {@code call} pass.
     *
     * @throws ProblemException or not
     */
    public void check(Context call) {
        // Whether a page may see an answer depends on its origin, also if this answer says nothing
        // of
        // it; and what is large enough is compressed.
        call.header("X-Content-Type-Options", "nosniff").header("Vary", "Origin, Accept-Encoding");
        if (call.header("X-HTTP-Method-Override") != null) {
            throw ProblemKind.MALFORMED_REQUEST.because("A call's method is its own.");
        }
        String host = lowerCase(call.header("Host"));
        if (!isServed(host)) {
            throw ProblemKind.UNKNOWN_HOST.because(
                    "Call it by a name that it was told to serve (STATUSWIRE_ALLOWED_HOSTS).");
        }
        String origin = lowerCase(call.header("Origin"));
        if (origins.contains(origin)) {
            allow(call);
        } else if (!isSafe(call) && !origin.isEmpty() && !isOwn(origin, call)) {
            throw forbidden();
        }
    }

    /**
     * The origin that the client called: what a trusted proxy says, a host of its own only if that
     * is served here, else what {@code Host} says. For a call that was let pass.
     */
    public String origin(Context call) {
        Optional<TrustedForwarding.Called> forwarded = TrustedForwarding.Called.of(call);
        boolean secure =
                forwarded.map(TrustedForwarding.Called::secure).orElse(call.req().isSecure());
        String host =
                forwarded
                        .map(TrustedForwarding.Called::authority)
                        .filter(this::isServed)
                        .orElseGet(() -> lowerCase(call.header("Host")));
        return (secure ? "https://" : "http://") + host;
    }

    /**
     * Lets a WebSocket be opened; browsers ask nobody else before they do.
     *
     * @throws ProblemException or not
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
                "It is neither this host nor one that was allowed (STATUSWIRE_ALLOWED_ORIGINS).");
    }

    private boolean isServed(String host) {
        return hosts.contains(host) || hosts.contains(PORT.matcher(host).replaceFirst(""));
    }

    /** Of {@code Host}, the scheme does not count: a proxy in front may speak another one. */
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
     * Tells the browser that the page may see the answer.
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
