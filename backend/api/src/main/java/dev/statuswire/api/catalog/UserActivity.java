package dev.statuswire.api.catalog;

import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.activity.ActivityQuery;

/** What happened to users. Thread-safe. */
@FunctionalInterface
public interface UserActivity {

    /**
     * The changes of {@code username} that {@code query} asks for, in order; empty if there is no
     * such user. Blocks.
     *
     * @throws dev.statuswire.core.store.StoreException if it cannot be read
     */
    ActivityPage of(String username, ActivityQuery query);
}
