package dev.statuswire.api.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of the owners that were seen last. Beyond the limit the owner that was seen the
 * longest ago is forgotten; reading a value counts as seeing its owner. Not thread-safe.
 */
final class RecentOwners<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final int limit;

    /**
     * Creates an empty map.
     *
     * @param limit how many owners are remembered, positive
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
