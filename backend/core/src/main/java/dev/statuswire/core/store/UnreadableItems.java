package dev.statuswire.core.store;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items that are intended as requests but that this process could not read. Each item is logged
 * and counted once, and left unchanged. Thread-safe.
 */
public final class UnreadableItems {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableItems.class);

    /** The maximum number of items. Further items are neither logged nor counted. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Metrics metrics;
    private final Set<RequestKey> found = ConcurrentHashMap.newKeySet();

    /** Creates an empty set that counts its items in {@code metrics}. */
    public UnreadableItems(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Records an item that cannot be read. */
    public void found(Item.Reading.Unreadable item) {
        if (found.size() < MAX_REMEMBERED && found.add(item.key())) {
            metrics.count(Metrics.Counter.UNREADABLE, "item", 1);
            LOG.error(
                    "the item of {} cannot be read as a request: {}; leaving it unchanged; correct"
                            + " or delete it",
                    item.key(),
                    item.reason());
        }
    }

    /**
     * Returns the number of items, at most {@value #MAX_REMEMBERED}. An item is no longer counted
     * after it was read or removed.
     */
    public int count() {
        return found.size();
    }

    /** Records that the item of {@code key} was read, or no longer exists. */
    public void settled(RequestKey key) {
        found.remove(key);
    }
}
