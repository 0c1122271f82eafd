package dev.statuswire.core.store;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items of the requests table that this process found to be meant as requests, and could not
 * read. Each is logged and counted once; nothing is done to it. Thread-safe.
 */
public final class UnreadableItems {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableItems.class);

    /** Those that are found beyond this number are neither logged nor counted. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Metrics metrics;
    private final Set<RequestKey> found = ConcurrentHashMap.newKeySet();

    /** None found yet; those that are found are counted in {@code metrics}. */
    public UnreadableItems(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Takes note of an item that was found. */
    public void found(Item.Reading.Unreadable item) {
        if (found.size() < MAX_REMEMBERED && found.add(item.key())) {
            metrics.count(Metrics.Counter.UNREADABLE, "item", 1);
            LOG.error(
                    "the item of {} cannot be read as a request: {}; it is left alone, correct or"
                            + " delete it",
                    item.key(),
                    item.reason());
        }
    }

    /**
     * How many were found, and neither read nor removed since; at most {@value #MAX_REMEMBERED}.
     */
    public int count() {
        return found.size();
    }

    /** The item of {@code key} was read, or is gone. */
    public void settled(RequestKey key) {
        found.remove(key);
    }
}
