package dev.statuswire.client;

/**
 * Receives the changes of one {@link Watch}, one call after the other, on a thread of the client.
 * It may block, and call the client. A slow listener receives the newest document of each request,
 * not every one. If it throws, the client logs the error and continues.
 */
@FunctionalInterface
public interface RequestListener {

    /**
     * Called with the newest document of a request: first with the current one, then after each
     * change. Of one request, the version of each document is higher than that of the one before.
     *
     * @param document the newest document
     */
    void changed(StatusDocument document);

    /**
     * Called if a request no longer exists, because it expired or was deleted. Another request may
     * have its id by then.
     *
     * @param id the id of the request
     */
    default void removed(String id) {}

    /**
     * Called if the watch ends because the server refuses it: there is no such request (status
     * 404), or the caller is not authenticated (401). This is the last call.
     *
     * @param problem the response of the server
     */
    default void refused(ProblemResponseException problem) {}
}
