package dev.statuswire.api;

import dev.statuswire.api.http.TrustedForwarding;
import dev.statuswire.core.settings.CorsPolicy;
import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the API is served.
 *
 * @param allowedHosts the names that it may be called by, such as {@code example.org}, which stands
 *     for all its ports, or {@code example.org:8443}; at least one
 * @param allowedOrigins whose pages may change something here besides its own, such as {@code
 *     https://example.org}
 * @param maxUnfinished about how many unfinished requests an owner may have, at least 1
 * @param liveUrl where live sockets are opened ({@code ws:} or {@code wss:}); empty for {@code
 *     /live} on the host that was called
 * @param basePath what a proxy in front takes off every path before it calls; empty, or such as
 *     {@code /work}
 * @param trustedProxies addresses and ranges of proxies, besides those on this machine, that are
 *     believed by which scheme and host they were called
 * @param maxWaiting how many calls may wait for a change at the same time ({@code Prefer: wait}),
 *     at least 0; a further call is answered at once
 */
public record ApiSettings(
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        int maxUnfinished,
        Optional<URI> liveUrl,
        String basePath,
        Set<String> trustedProxies,
        int maxWaiting) {

    private static final int MAX_WAITING = 1_000;

    private static final Pattern HOST = Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d+)?");

    private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~%-]+)*");

    /** One machine and nobody else. */
    public static final ApiSettings DEFAULT =
            new ApiSettings(
                    Set.of("127.0.0.1", "localhost", "[::1]"),
                    Set.of(),
                    5000,
                    Optional.empty(),
                    "",
                    Set.of(),
                    MAX_WAITING);

    public ApiSettings {
        allowedHosts = lowerCase(allowedHosts);
        allowedOrigins = lowerCase(allowedOrigins);
        require(!allowedHosts.isEmpty(), "no host is allowed");
        allowedHosts.forEach(host -> require(isHost(host), "not a host: " + host));
        allowedOrigins.forEach(
                origin -> require(CorsPolicy.isOrigin(origin), "not an origin: " + origin));
        require(maxUnfinished >= 1, "maxUnfinished is under 1: " + maxUnfinished);
        liveUrl = liveUrl.map(ApiSettings::withPath);
        liveUrl.ifPresent(url -> require(isLive(url), "not a ws: or wss: address: " + url));
        require(BASE_PATH.matcher(basePath).matches(), "not a path: " + basePath);
        trustedProxies = Set.copyOf(trustedProxies);
        new TrustedForwarding(trustedProxies); // or it throws
        require(maxWaiting >= 0, "maxWaiting is under 0: " + maxWaiting);
    }

    /** Returns the same settings, with which every call is answered at once. */
    public ApiSettings withoutWaiting() {
        return new ApiSettings(
                allowedHosts, allowedOrigins, maxUnfinished, liveUrl, basePath, trustedProxies, 0);
    }

    /**
     * From {@code STATUSWIRE_ALLOWED_HOSTS} and {@code STATUSWIRE_ALLOWED_ORIGINS} (lists with
     * commas), {@code STATUSWIRE_MAX_UNFINISHED}, {@code STATUSWIRE_LIVE_URL}, {@code
     * STATUSWIRE_PUBLIC_URL} and {@code STATUSWIRE_TRUSTED_PROXIES} (a list with commas). The hosts
     * add to the standard ones. The public URL, by which clients call a proxy in front, adds its
     * host and its origin, and live sockets are opened below it.
     *
     * @throws IllegalArgumentException where one is not what it should be
     */
    public static ApiSettings from(Environment environment) {
        Optional<PublicUrl> publicUrl = environment.uri("STATUSWIRE_PUBLIC_URL").map(PublicUrl::of);
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

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
