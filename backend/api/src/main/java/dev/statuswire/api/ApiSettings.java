package dev.statuswire.api;

import dev.statuswire.core.settings.CrossOrigin;
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
 */
public record ApiSettings(
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        int maxUnfinished,
        Optional<URI> liveUrl) {

    private static final Pattern HOST = Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d+)?");

    /** One machine and nobody else. */
    public static final ApiSettings DEFAULT =
            new ApiSettings(
                    Set.of("127.0.0.1", "localhost", "[::1]"), Set.of(), 5000, Optional.empty());

    public ApiSettings {
        allowedHosts = lowerCase(allowedHosts);
        allowedOrigins = lowerCase(allowedOrigins);
        require(!allowedHosts.isEmpty(), "no host is allowed");
        allowedHosts.forEach(host -> require(isHost(host), "not a host: " + host));
        allowedOrigins.forEach(
                origin -> require(CrossOrigin.isOrigin(origin), "not an origin: " + origin));
        require(maxUnfinished >= 1, "maxUnfinished is under 1: " + maxUnfinished);
        liveUrl.ifPresent(url -> require(isLive(url), "not a ws: or wss: address: " + url));
    }

    /**
     * From {@code STATUSWIRE_ALLOWED_HOSTS} and {@code STATUSWIRE_ALLOWED_ORIGINS} (lists with
     * commas), {@code STATUSWIRE_MAX_UNFINISHED} and {@code STATUSWIRE_LIVE_URL}; the hosts add to
     * the standard ones.
     *
     * @throws IllegalArgumentException where one is not what it should be
     */
    public static ApiSettings from(Environment environment) {
        var hosts = new HashSet<>(environment.list("STATUSWIRE_ALLOWED_HOSTS"));
        hosts.addAll(DEFAULT.allowedHosts);
        return new ApiSettings(
                hosts,
                Set.copyOf(environment.list("STATUSWIRE_ALLOWED_ORIGINS")),
                environment.number("STATUSWIRE_MAX_UNFINISHED", DEFAULT.maxUnfinished),
                environment.uri("STATUSWIRE_LIVE_URL"));
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
        return "ws".equals(url.getScheme()) || "wss".equals(url.getScheme());
    }

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
