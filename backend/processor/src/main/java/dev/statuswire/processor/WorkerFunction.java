package dev.statuswire.processor;

import dev.statuswire.core.request.RequestKey;

/** Where slow work is handed to. Thread-safe. */
@FunctionalInterface
public interface WorkerFunction {

    /**
     * Hands a request over; returns once the worker's queue has it. What is lost from there is due
     * again later.
     *
     * @throws RuntimeException where it could not be handed over
     */
    void start(RequestKey key);
}
