package dev.statuswire.core.store;

import dev.statuswire.core.request.RequestKey;

/**
 * Thrown if the item under the request's key cannot be read as a request. Retrying does not help;
 * an operator has to correct or delete the item.
 */
public final class UnreadableItemException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final transient RequestKey key;

    UnreadableItemException(String operation, RequestKey key, String reason) {
        super(operation, new IllegalStateException(reason), false);
        this.key = key;
    }

    /** Returns the key of the item. */
    public RequestKey key() {
        return key;
    }
}
