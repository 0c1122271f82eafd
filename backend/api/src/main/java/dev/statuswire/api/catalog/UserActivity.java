package dev.statuswire.api.catalog;

import dev.statuswire.core.activity.ActivityEntry;
import dev.statuswire.core.activity.ActivityQuery;
import java.util.List;

/** What happened to users. Thread-safe. */
@FunctionalInterface
public interface UserActivity {

    /**
     * The changes of {@code username} that {@code query} asks for, in order; fewer than its limit
     * only if there are no more, and empty if there is no such user. Blocks.
     *
     * @throws dev.statuswire.core.store.StoreException if it cannot be read
     */
    List<ActivityEntry> of(String username, ActivityQuery query);
}
