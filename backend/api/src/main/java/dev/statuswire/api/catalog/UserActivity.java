package dev.statuswire.api.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.store.StoreException;
import java.util.List;

/** What happened to users. Thread-safe. */
@FunctionalInterface
public interface UserActivity {

    /**
     * Every change of {@code username} that {@code owner} may see, in order, each {@code {event,
     * at, old, new}}; empty where there is no such user. Blocks.
     *
     * @throws StoreException where it cannot be read
     */
    List<? extends JsonNode> of(String username, String owner);
}
