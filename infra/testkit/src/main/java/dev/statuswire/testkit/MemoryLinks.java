package dev.statuswire.testkit;

import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.PublicUrl;
import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The links that steps have created. Thread-safe. */
final class MemoryLinks implements LinkStore {

    /** What the URLs of links start with. */
    static final PublicUrl PAGE = PublicUrl.of(URI.create("https://statuswire.test"));

    private static final String START = PAGE.link("").toString();
    private static final Pattern SECRET =
            Pattern.compile("(?<=" + Pattern.quote(START) + ")[A-Za-z0-9_-]{22}");

    private final Map<String, Link> byId = new ConcurrentHashMap<>();
    private final InstantSource clock;

    /**
     * @param clock by which links expire
     */
    MemoryLinks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns a text with the same URL instead of that of each link. Two runs of a step create
     * different links for the same purpose, so their effects and outputs are compared without them.
     */
    static String withoutSecrets(String text) {
        return SECRET.matcher(text).replaceAll("-");
    }

    /** Returns the link with this URL; empty if there is none, or it has expired. */
    Optional<Link> open(URI url) {
        String text = url.toString();
        return text.startsWith(START)
                ? LinkSecret.of(text.substring(START.length()))
                        .flatMap(secret -> find(secret.linkId()))
                : Optional.empty();
    }

    @Override
    public void add(Link link) {
        byId.put(link.id(), link);
    }

    @Override
    public Optional<Link> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(link -> !link.isExpired(clock.instant()));
    }

    @Override
    public List<Link> of(RequestKey request) {
        return byId.values().stream()
                .filter(link -> link.request().equals(request))
                .filter(link -> !link.isExpired(clock.instant()))
                .sorted(Comparator.comparing(Link::createdAt).reversed())
                .toList();
    }

    @Override
    public boolean revoke(RequestKey request, String id) {
        Link link = byId.get(id);
        return link != null && link.request().equals(request) && byId.remove(id, link);
    }

    @Override
    public void delete(String id) {
        byId.remove(id);
    }
}
