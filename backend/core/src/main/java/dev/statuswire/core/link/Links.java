package dev.statuswire.core.link;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Creates and opens links. Blocks for the database, and throws {@link
 * dev.statuswire.core.store.StoreException} if the database does not respond. Thread-safe.
 */
public final class Links {

    /**
     * How long a link can be valid: longer than a request can wait. A link also ends with its
     * request.
     */
    public static final Duration LONGEST = Duration.ofDays(400);

    /** How many links a request can have. */
    public static final int MAX_LINKS = 100;

    private final LinkStore links;
    private final RequestStore requests;
    private final Transitions transitions;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * @param random generates the secrets; a {@link java.security.SecureRandom} outside of tests
     * @param clock by which links expire
     */
    public Links(
            LinkStore links,
            RequestStore requests,
            Transitions transitions,
            RandomGenerator random,
            InstantSource clock) {
        this.links = links;
        this.requests = requests;
        this.transitions = transitions;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A new link with its secret, which cannot be read again.
     *
     * @param link the link as stored
     */
    public record Created(Link link, LinkSecret secret) {}

    /**
     * A request, as seen through a link.
     *
     * @param link allows it
     */
    public record Opened(Link link, Request request) {}

    /**
     * Creates a link to a request. Marks the request as shared before it stores the link, so that
     * every client that opens the link receives all later changes.
     *
     * @param seen the request as it was read
     * @return empty if the request does not exist any more
     * @throws TooManyLinksException if the request has {@value #MAX_LINKS} links
     */
    public Optional<Created> create(Request seen, LinkOptions options) {
        return shared(seen).map(request -> add(request, options)).filter(this::isOfUse);
    }

    /** Revokes the link again if its request was removed before the link was stored. */
    private boolean isOfUse(Created created) {
        boolean isThere = open(created.link()).isPresent();
        if (!isThere) {
            links.revoke(created.link().request(), created.link().id());
        }
        return isThere;
    }

    private Optional<Request> shared(Request seen) {
        if (seen.shared()) {
            return Optional.of(seen);
        }
        WriteOutcome outcome = requests.apply(seen.key(), transitions.share(seen));
        if (outcome instanceof WriteOutcome.Refused refused) {
            // Another write may have given the request its life in the meantime.
            return refused.current()
                    .filter(now -> seen.life() == null && now.life() != null)
                    .flatMap(this::shared);
        }
        return Optional.of(((WriteOutcome.Done) outcome).request());
    }

    private Created add(Request request, LinkOptions options) {
        if (of(request).size() >= MAX_LINKS) {
            throw new TooManyLinksException(request.key());
        }
        LinkSecret secret = LinkSecret.generate(random);
        var link =
                new Link(
                        secret.linkId(),
                        request.key(),
                        request.life(),
                        options,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        links.add(link);
        return new Created(link, secret);
    }

    /** Returns until when a link is valid at the longest if it is created now. */
    public Instant latestEnd() {
        return clock.instant().plus(LONGEST).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Returns the link with this secret, whose request may have changed or ended since.
     *
     * @param secret a text that a client sent; it may be anything
     * @return empty if the secret is unknown, or the link is revoked or expired
     */
    public Optional<Link> find(String secret) {
        return LinkSecret.of(secret)
                .flatMap(it -> links.find(it.linkId()).filter(it::isOf))
                .filter(link -> !link.isExpired(clock.instant()));
    }

    /**
     * Returns the request that the link with this secret gives access to.
     *
     * @param secret a text that a client sent; it may be anything
     * @return empty if the secret is unknown, the link is revoked or expired, or its request is
     *     gone
     */
    public Optional<Opened> open(String secret) {
        return find(secret).flatMap(this::open);
    }

    /** Returns the request that {@code link} gives access to; empty if it is gone. */
    public Optional<Opened> open(Link link) {
        return requests.find(link.request())
                .filter(link::gives)
                .map(request -> new Opened(link, request));
    }

    /**
     * Returns the links to a request, the newest first. A link that was created or revoked less
     * than a second ago may be missing or still there.
     */
    public List<Link> of(Request request) {
        return links.of(request.key()).stream().filter(link -> link.gives(request)).toList();
    }

    /**
     * Revokes a link, which is invalid from then on.
     *
     * @param linkId a text that a client sent; it may be anything
     * @return whether the request has had such a link
     */
    public boolean revoke(RequestKey request, String linkId) {
        return LinkSecret.isLinkId(linkId) && links.revoke(request, linkId);
    }
}
