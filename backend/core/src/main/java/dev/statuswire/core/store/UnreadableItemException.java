package dev.statuswire.core.store;

import dev.statuswire.core.request.RequestKey;

/**
 * The table has an item under the request's key that cannot be read as a request. Trying again does
 * not help; an operator has to correct or delete the item.
 */
public final class UnreadableItemException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final transient RequestKey key;

    UnreadableItemException(String tried, RequestKey key, String reason) {
        super(tried, new IllegalStateException(reason), false);
        this.key = key;
    }

    /** Whose item it is. */
    public RequestKey key() {
        return key;
    }
}
