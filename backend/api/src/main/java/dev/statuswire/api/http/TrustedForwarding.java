package dev.statuswire.api.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Reads the scheme and host that a client called from the headers of a proxy: {@code Forwarded} or
 * {@code X-Forwarded-Proto}, {@code -Host} and {@code -Port}. Trusts proxies on this machine and
 * those that are configured. Ignores these headers if they are malformed, or if the call comes from
 * any other address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-8.1">RFC 7239, section 8.1, Header
 *     Validity and Integrity</a>
 */
public final class TrustedForwarding implements HttpConfiguration.Customizer {

    private static final String CLIENT = "statuswire.client";

    private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();
    private final InetAddressSet proxies = new InetAddressSet();

    /**
     * @param proxies addresses, or ranges such as {@code 10.0.0.0/8}, in addition to this machine's
     * @throws IllegalArgumentException if an entry is neither
     */
    public TrustedForwarding(Collection<String> proxies) {
        this.proxies.addAll(proxies);
        // If one of these headers were malformed, Jetty would ignore the other headers too.
        forwarded.setForwardedServerHeader(null);
        forwarded.setForwardedForHeader(null);
        forwarded.setForwardedHttpsHeader(null);
        forwarded.setForwardedCipherSuiteHeader(null);
        forwarded.setForwardedSslSessionIdHeader(null);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        request.setAttribute(CLIENT, client(request));
        if (isTrusted(request)) {
            called(request, responseHeaders)
                    .ifPresent(it -> request.setAttribute(CalledOrigin.class.getName(), it));
        }
        return request;
    }

    /** Returns empty if a header is malformed. */
    private Optional<CalledOrigin> called(Request request, HttpFields.Mutable responseHeaders) {
        try {
            return Optional.of(
                    CalledOrigin.of(request, forwarded.customize(request, responseHeaders)));
        } catch (HttpException.RuntimeException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Returns the address of the client that called {@code call}, or of the proxy that the trusted
     * one in front of this server was called by. Only the last address in {@code X-Forwarded-For}
     * counts, because a client can send the header too, and each proxy adds to it.
     */
    public static String client(Context call) {
        return String.valueOf(call.req().getAttribute(CLIENT));
    }

    /** A call that has not arrived over the network is an event of API Gateway. */
    private String client(Request request) {
        List<String> forwarded = request.getHeaders().getValuesList("X-Forwarded-For");
        String all = forwarded.isEmpty() ? "" : forwarded.getLast();
        String last = all.substring(all.lastIndexOf(',') + 1).strip();
        boolean isDirect = peer(request).filter(address -> !isTrusted(address)).isPresent();
        return isDirect || last.isEmpty() ? Request.getRemoteAddr(request) : last;
    }

    private boolean isTrusted(Request request) {
        return peer(request).filter(this::isTrusted).isPresent();
    }

    /** Returns the address that the call came from; empty if it did not come over the network. */
    private static Optional<InetAddress> peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress peer
                ? Optional.ofNullable(peer.getAddress())
                : Optional.empty();
    }

    boolean isTrusted(InetAddress address) {
        return address.isLoopbackAddress() || proxies.test(address);
    }

    /**
     * The scheme and host that the client called, as a trusted proxy or the call itself reports
     * them. The request itself stays unchanged: Jetty would replace {@code Host}, which decides
     * whether the call is allowed.
     *
     * @param authority host and port in lower case, without the default port of the scheme
     */
    record CalledOrigin(boolean secure, String authority) {

        private static final int HTTP = 80;
        private static final int HTTPS = 443;

        /** If the forwarded host is empty, the host of the call itself applies. */
        private static CalledOrigin of(Request request, Request forwarded) {
            return new CalledOrigin(
                    forwarded.isSecure(), authority(hasHost(forwarded) ? forwarded : request));
        }

        private static boolean hasHost(Request request) {
            String host = Request.getServerName(request);
            return host != null && !host.isEmpty();
        }

        private static String authority(Request request) {
            int port = Request.getServerPort(request);
            int standard = request.isSecure() ? HTTPS : HTTP;
            String host =
                    Objects.requireNonNullElse(Request.getServerName(request), "")
                            .toLowerCase(Locale.ROOT);
            return port <= 0 || port == standard ? host : host + ":" + port;
        }

        /** Returns the value for {@code call}; empty if it did not come from a trusted address. */
        static Optional<CalledOrigin> of(Context call) {
            return call.req().getAttribute(CalledOrigin.class.getName())
                            instanceof CalledOrigin called
                    ? Optional.of(called)
                    : Optional.empty();
        }
    }
}
