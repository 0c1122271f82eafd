package dev.statuswire.notifier.connections;

/** The result of subscribing a connection. */
public enum SubscribeOutcome {
    /** From now on, its topic's changes are pushed to the connection. */
    SUBSCRIBED,
    /** Its topic already has the maximum number of connections; nothing is pushed to this one. */
    TOO_MANY
}
