package dev.statuswire.client;

import org.jspecify.annotations.Nullable;

/**
 * There was no response, or no readable one. The server may or may not have carried out the call.
 * It is safe to submit again with the same id, and to answer, cancel or delete again; after a
 * retry, {@link StatuswireClient#get} shows whether it started.
 */
public final class NoResponseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
