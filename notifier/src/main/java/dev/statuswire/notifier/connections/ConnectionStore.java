package dev.statuswire.notifier.connections;

import java.util.List;

/**
 * Which connections want to hear of an owner's requests. Every call blocks for the database and
 * throws {@link dev.statuswire.core.store.StoreException} where that did not answer. Thread-safe.
 */
public interface ConnectionStore {

    /**
     * From when this returns {@link SubscribeOutcome#SUBSCRIBED}, {@link #subscribers} has the
     * connection in it. Again for the same one: its time begins anew.
     */
    SubscribeOutcome subscribe(String owner, String connectionId);

    /** Forgets the connection, if it is known at all. */
    void unsubscribe(String owner, String connectionId);

    /**
     * The owner's connections, read consistently: whoever was answered before this call is in it.
     * Some of them may be gone without our having heard of it.
     */
    List<String> subscribers(String owner);
}
