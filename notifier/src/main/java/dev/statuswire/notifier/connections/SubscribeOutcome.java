package dev.statuswire.notifier.connections;

/** What became of a wish to subscribe. */
public enum SubscribeOutcome {
    /** Its owner's changes are pushed to the connection from now on. */
    SUBSCRIBED,
    /** Its owner has as many connections as one may have; nothing is pushed to this one. */
    TOO_MANY
}
