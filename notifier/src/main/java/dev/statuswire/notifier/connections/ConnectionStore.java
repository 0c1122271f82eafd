package dev.statuswire.notifier.connections;

import java.util.List;

/**
 * Stores which connections have subscribed to an owner's requests. Every call blocks for the
 * database and throws {@link dev.statuswire.core.store.StoreException} if the database does not
 * respond. Thread-safe.
 */
public interface ConnectionStore {

    /**
     * Subscribes a connection. Once this has returned {@link SubscribeOutcome#SUBSCRIBED}, {@link
     * #subscribers} includes the connection. Subscribing it again restarts its lifetime.
     */
    SubscribeOutcome subscribe(String owner, String connectionId);

    /** Deletes the connection, if it is stored. */
    void unsubscribe(String owner, String connectionId);

    /**
     * Returns the owner's connections, read consistently: every connection that was subscribed
     * before this call is included. Some of them may have closed without being unsubscribed.
     */
    List<String> subscribers(String owner);
}
