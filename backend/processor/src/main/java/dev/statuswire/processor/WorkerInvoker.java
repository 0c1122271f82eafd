package dev.statuswire.processor;

import dev.statuswire.core.request.RequestKey;

/** Hands slow requests over to the worker. Thread-safe. */
@FunctionalInterface
public interface WorkerInvoker {

    /**
     * Hands a request over. Returns once the worker's queue has accepted it. If the request is lost
     * after that, it becomes due again.
     *
     * @throws RuntimeException if the request could not be handed over
     */
    void start(RequestKey key);
}
