package dev.statuswire.api;

import dev.statuswire.api.http.TrustedForwarding;
import dev.statuswire.core.settings.CorsPolicy;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.PublicUrl;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The API's settings.
 *
 * @param allowedHosts the hosts that clients may call; at least one. {@code example.org} allows all
 *     ports of that host, {@code example.org:8443} only one.
 * @param allowedOrigins origins whose pages may call the API, in addition to its own, such as
 *     {@code https://example.org}
 * @param maxUnfinished approximate limit on an owner's unfinished requests, at least 1
 * @param liveUrl the URL at which clients open live sockets ({@code ws:} or {@code wss:}); empty
 *     for {@code /live} on the host that the client called
 * @param publicUrl the URL at which clients reach the page, which the URLs of links start with;
 *     empty for the host that the client called
 * @param basePath the path prefix that a proxy in front removes before it forwards a call, such as
 *     {@code /work}; empty if there is none
 * @param trustedProxies addresses and address ranges of proxies, in addition to those on this
 *     machine, whose headers about the original scheme and host are trusted
 * @param maxWaiting how many calls may wait for a change at the same time ({@code Prefer: wait}),
 *     at least 0; any further call returns at once
 */
public record ApiSettings(
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        int maxUnfinished,
        Optional<URI> liveUrl,
        Optional<PublicUrl> publicUrl,
        String basePath,
        Set<String> trustedProxies,
        int maxWaiting) {

    private static final int MAX_WAITING = 1_000;

    private static final Pattern HOST = Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d+)?");

    private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~%-]+)*");

    /** Settings for a single machine: only its local host names, and no other origins. */
    public static final ApiSettings DEFAULT =
            new ApiSettings(
                    Set.of("127.0.0.1", "localhost", "[::1]"),
                    Set.of(),
                    5000,
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Set.of(),
                    MAX_WAITING);

    public ApiSettings {
        allowedHosts = lowerCase(allowedHosts);
        allowedOrigins = lowerCase(allowedOrigins);
        require(!allowedHosts.isEmpty(), "at least one host must be allowed");
        allowedHosts.forEach(host -> require(isHost(host), "not a host: " + host));
        allowedOrigins.forEach(
                origin -> require(CorsPolicy.isOrigin(origin), "not an origin: " + origin));
        require(maxUnfinished >= 1, "maxUnfinished is less than 1: " + maxUnfinished);
        liveUrl = liveUrl.map(ApiSettings::withPath);
        liveUrl.ifPresent(url -> require(isLive(url), "not a ws: or wss: URL: " + url));
        require(BASE_PATH.matcher(basePath).matches(), "not a path: " + basePath);
        trustedProxies = Set.copyOf(trustedProxies);
        new TrustedForwarding(trustedProxies); // throws if one is malformed
        require(maxWaiting >= 0, "maxWaiting is less than 0: " + maxWaiting);
    }

    /** Returns the same settings, except that no call may wait for a change. */
    public ApiSettings withoutWaiting() {
        return new ApiSettings(
                allowedHosts,
                allowedOrigins,
                maxUnfinished,
                liveUrl,
                publicUrl,
                basePath,
                trustedProxies,
                0);
    }

    /**
     * Reads the settings from {@code STATUSWIRE_ALLOWED_HOSTS}, {@code STATUSWIRE_ALLOWED_ORIGINS}
     * and {@code STATUSWIRE_TRUSTED_PROXIES} (comma-separated lists), {@code
     * STATUSWIRE_MAX_UNFINISHED}, {@code STATUSWIRE_LIVE_URL} and {@code STATUSWIRE_PUBLIC_URL}.
     * The allowed hosts extend the default ones. The public URL is the one at which clients call a
     * proxy in front. Its host and its origin are allowed too, and clients open live sockets below
     * it unless a live URL is set.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    public static ApiSettings from(Environment environment) {
        Optional<PublicUrl> publicUrl = PublicUrl.from(environment);
        var hosts = new HashSet<>(environment.list("STATUSWIRE_ALLOWED_HOSTS"));
        hosts.addAll(DEFAULT.allowedHosts);
        publicUrl.map(PublicUrl::host).ifPresent(hosts::add);
        var origins = new HashSet<>(environment.list("STATUSWIRE_ALLOWED_ORIGINS"));
        publicUrl.map(PublicUrl::origin).ifPresent(origins::add);
        return new ApiSettings(
                hosts,
                origins,
                environment.number("STATUSWIRE_MAX_UNFINISHED", DEFAULT.maxUnfinished),
                environment.uri("STATUSWIRE_LIVE_URL").or(() -> publicUrl.map(PublicUrl::live)),
                publicUrl,
                publicUrl.map(PublicUrl::path).orElse(""),
                Set.copyOf(environment.list("STATUSWIRE_TRUSTED_PROXIES")),
                MAX_WAITING);
    }

    private static Set<String> lowerCase(Set<String> texts) {
        return texts.stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isHost(String host) {
        return HOST.matcher(host).matches();
    }

    private static boolean isLive(URI url) {
        return ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))
                && url.getHost() != null
                && url.getPort() <= PublicUrl.MAX_PORT
                && url.getRawFragment() == null;
    }

    private static URI withPath(URI url) {
        return "".equals(url.getRawPath()) ? url.resolve("/") : url;
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}
