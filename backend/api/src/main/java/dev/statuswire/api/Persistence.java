package dev.statuswire.api;

import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.transition.Transitions;

/**
 * Where requests are kept.
 *
 * @param unfinished to count what an owner has under way
 * @param transitions those that {@code store} was made with
 * @param unreadable the items that could not be read; shown by {@code GET /health}
 */
public record Persistence(
        RequestStore store,
        DueIndex unfinished,
        Transitions transitions,
        UnreadableItems unreadable) {}
