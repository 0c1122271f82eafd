package dev.statuswire.notifier.connections;

import dev.statuswire.core.live.Topic;
import java.util.List;

/**
 * Stores which connections have subscribed to which topic. Every call blocks for the database and
 * throws {@link dev.statuswire.core.store.StoreException} if the database does not respond.
 * Thread-safe.
 */
public interface ConnectionStore {

    /**
     * Subscribes a connection. Once this has returned {@link SubscribeOutcome#SUBSCRIBED}, {@link
     * #subscribers} includes the connection. Subscribing it again restarts its lifetime.
     */
    SubscribeOutcome subscribe(Topic topic, String connectionId);

    /** Deletes the connection, if it is stored. */
    void unsubscribe(Topic topic, String connectionId);

    /**
     * Returns the topic's connections, read consistently: every connection that was subscribed
     * before this call is included. Some of them may have closed without being unsubscribed.
     */
    List<String> subscribers(Topic topic);
}
