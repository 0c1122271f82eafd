package dev.statuswire.core.store;

/**
 * The database did not do what it was asked, or did not answer. A write that ends so may have been
 * done: whoever needs to know reads the item.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param tried what was tried, such as {@code claim of local/0199…}
     */
    public StoreException(String tried, Throwable cause) {
        super("the " + tried + " failed: " + cause.getMessage(), cause);
    }
}
