package dev.statuswire.api;

import dev.statuswire.core.link.Links;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.transition.Transitions;

/**
 * Access to the stored requests and the links to them.
 *
 * @param unfinished counts an owner's unfinished requests
 * @param transitions the transitions that {@code store} was created with
 * @param unreadable the items that could not be read; {@code GET /health} reports their number
 */
public record Persistence(
        RequestStore store,
        DueIndex unfinished,
        Transitions transitions,
        Links links,
        UnreadableItems unreadable) {}
