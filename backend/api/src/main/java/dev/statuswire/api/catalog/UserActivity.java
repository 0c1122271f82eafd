package dev.statuswire.api.catalog;

import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.activity.ActivityQuery;

/** Provides the changes of users. Thread-safe. */
@FunctionalInterface
public interface UserActivity {

    /**
     * Returns the changes of {@code username} that {@code query} selects, in order; empty if there
     * is no such user. Blocks.
     *
     * @throws dev.statuswire.core.store.StoreException if the changes cannot be read
     */
    ActivityPage of(String username, ActivityQuery query);
}
