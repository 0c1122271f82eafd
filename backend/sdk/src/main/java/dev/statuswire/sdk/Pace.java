package dev.statuswire.sdk;

/** How long the requests of a type take. The pace decides which function runs them. */
public enum Pace {
    /**
     * At most a few seconds. The stream processor runs the request within its own invocation, so
     * the request starts at once. A request that takes longer is handed back and goes to the
     * worker. A type with a single step is the fastest and the cheapest, because the request needs
     * no claim unless something goes wrong.
     */
    QUICK,
    /**
     * Up to hours. Each request gets its own invocation of the worker, so it does not delay other
     * requests.
     */
    SLOW
}
