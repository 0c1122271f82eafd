package dev.statuswire.simulator.check;

import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkScope;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what links give access to. It decides from what it has seen of each link and each request,
 * not with the methods that the product uses. Used by one thread at a time.
 */
public final class LinkChecker {

    /** A link that expires sooner than this may have expired already by a wrong clock. */
    private static final Duration MOST_WRONG = Duration.ofHours(2);

    private final GuaranteeChecker checker;
    private final Map<String, Link> links = new HashMap<>();
    private final Set<String> deletedOrRevoked = new HashSet<>();
    private final Set<String> acknowledgedAsRevoked = new HashSet<>();
    private final Set<Life> shared = new HashSet<>();
    private final Set<Life> removed = new HashSet<>();
    private final Map<Life, Instant> expiries = new HashMap<>();
    private final Set<String> storedAfterRemoval = new HashSet<>();

    LinkChecker(GuaranteeChecker checker) {
        this.checker = checker;
    }

    /** A request that the id distinguishes from others only together with the life. */
    private record Life(RequestKey key, @Nullable String life) {

        static Life of(Request request) {
            return new Life(request.key(), request.life());
        }

        static Life of(Link link) {
            return new Life(link.request(), link.life());
        }
    }

    private void require(boolean kept, String otherwise, Object about) {
        if (!kept) {
            checker.broken("G9", otherwise + ": " + about);
        }
    }

    /** Records that an item was stored. */
    void wrote(Request request) {
        if (request.shared()) {
            shared.add(Life.of(request));
        }
        if (request.expiresAt() != null) {
            expiries.merge(Life.of(request), request.expiresAt(), LinkChecker::earlier);
        }
    }

    /** Records that an item was removed, or replaced by that of another request. */
    void removed(Request request) {
        removed.add(Life.of(request));
    }

    /** Records that a link was stored, whether or not its creator learns of it. */
    public void stored(Link link) {
        links.put(link.id(), link);
        if (removed.contains(Life.of(link))) {
            storedAfterRemoval.add(link.id());
        }
    }

    /**
     * Checks a link whose creation was acknowledged.
     *
     * @param id the id of the link
     * @param seen the request for which the link was created, as its creator had read it
     */
    public void created(String id, Request seen) {
        Link link = links.get(id);
        if (link == null) {
            checker.broken("G9", "a link was acknowledged but not stored: " + seen);
            return;
        }
        require(
                link.request().equals(seen.key())
                        && (seen.life() == null || seen.life().equals(link.life())),
                "a link was created for another request",
                link);
        require(shared.contains(Life.of(link)), "a request with a link is not shared", link);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Returns whether a request is gone, or has ever been about to expire by {@code shown}. */
    private boolean mayBeGone(Life life, Instant shown) {
        return removed.contains(life) || !expiries.getOrDefault(life, Instant.MAX).isAfter(shown);
    }

    /**
     * Checks the deletion of a link by the notifier.
     *
     * @param shown the latest time that the clock of the process has shown
     */
    public void deleted(Link link, Instant shown) {
        deletedOrRevoked.add(link.id());
        require(
                mayBeGone(Life.of(link), shown),
                "a link was deleted although its request exists",
                link);
    }

    /** Records that a link was revoked, whether or not its owner learns of it. */
    public void revoked(String id) {
        deletedOrRevoked.add(id);
    }

    /** Records that the revocation of a link was acknowledged. */
    public void acknowledgedAsRevoked(String id) {
        acknowledgedAsRevoked.add(id);
    }

    /**
     * Starts to check one use of a link.
     *
     * @param shown the latest time that the clock of the process that handles the call has shown
     */
    public Use use(String id, Instant shown) {
        Link link = links.get(id);
        boolean isExpired = link != null && !link.options().expiresAt().isAfter(shown);
        return new Use(link, acknowledgedAsRevoked.contains(id), isExpired);
    }

    /** One use of a link: a read or an answer. */
    public final class Use {

        private final @Nullable Link link;
        private final boolean wasRevoked;
        private final boolean wasExpired;

        private Use(@Nullable Link link, boolean wasRevoked, boolean wasExpired) {
            this.link = link;
            this.wasRevoked = wasRevoked;
            this.wasExpired = wasExpired;
        }

        /** Checks that the link may give access to {@code request}. */
        public void gave(Request request) {
            if (link == null) {
                checker.broken("G9", "an unknown link gave access: " + request);
                return;
            }
            require(!wasRevoked, "a revoked link gave access", link);
            require(!wasExpired, "an expired link gave access", link);
            require(
                    Life.of(link).equals(Life.of(request)),
                    "a link gave access to another request than its own",
                    link + " and " + request);
        }

        /**
         * Checks that the link need not have given access.
         *
         * @param shown the latest time that the clock has shown after the call
         */
        public void gaveNothing(Instant shown) {
            require(
                    link != null
                            && (deletedOrRevoked.contains(link.id())
                                    || !link.options().expiresAt().isAfter(shown)
                                    || mayBeGone(Life.of(link), shown)),
                    "a valid link gave no access",
                    String.valueOf(link));
        }

        /** Checks that an answer to {@code step} by the link may have been accepted. */
        public void answered(Request after, String step) {
            gave(after);
            String only = link == null ? null : link.options().step();
            require(
                    link != null
                            && link.options().scope() == LinkScope.ANSWER
                            && (only == null || only.equals(step)),
                    "a link has answered a step that it does not allow",
                    link + " and " + step);
        }
    }

    /**
     * Checks the links that are left at the end, when the notifier has processed every removal. A
     * link that was stored after the removal of its request, because its creation took longer, is
     * left until it expires.
     */
    public void ended(Collection<Link> left, Instant now) {
        for (Link link : left) {
            require(
                    !removed.contains(Life.of(link))
                            || storedAfterRemoval.contains(link.id())
                            || link.options().expiresAt().isBefore(now.plus(MOST_WRONG)),
                    "a link is left although its request was deleted",
                    link);
        }
    }
}
