package dev.statuswire.core.link;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * The store of links. An expired link is treated as deleted. Every call blocks for the database and
 * throws {@link StoreException} if the database does not respond. Thread-safe.
 */
public interface LinkStore {

    /** Stores a new link, unless it was revoked already. */
    void add(Link link);

    /** Returns the link with this id; empty if there is none. Consistent read. */
    Optional<Link> find(String id);

    /**
     * Returns the links of all requests that have had this key, the newest first. Not a consistent
     * read: a link that was created or deleted less than a second ago may be missing or still
     * there.
     */
    List<Link> of(RequestKey request);

    /**
     * Revokes a link of this request, which is invalid from then on, even if an abandoned call that
     * stores it arrives later.
     *
     * @return whether there was such a link
     */
    boolean revoke(RequestKey request, String id);

    /**
     * Deletes a link of a request that does not exist any more. An abandoned call that stores the
     * link may arrive later; then it is left until it expires.
     */
    void delete(String id);
}
