package dev.statuswire.api.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map with a value for each of the most recently seen owners. Beyond the limit, the least
 * recently seen owner is removed; reading a value counts as seeing its owner. Not thread-safe.
 */
final class RecentOwners<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final int limit;

    /**
     * Creates an empty map.
     *
     * @param limit the most owners to keep, positive
     */
    RecentOwners(int limit) {
        super(16, 0.75f, true);
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
    }
}
