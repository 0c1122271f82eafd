package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A request that a client submitted, with the cancels and retries that the client sent since.
 * Thread-safe.
 */
final class SubmittedRequest {

    private final String id;
    private final String type;
    private final JsonNode input;
    private final AtomicInteger retries = new AtomicInteger();
    private volatile boolean acknowledged;
    private volatile boolean cancelled;

    SubmittedRequest(String id, String type, JsonNode input) {
        this.id = id;
        this.type = type;
        this.input = input;
    }

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    JsonNode input() {
        return input;
    }

    /** Records that the submission got a 202 or 200. */
    void acknowledge() {
        acknowledged = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Records that a cancel is about to be sent, which may not arrive. */
    void cancel() {
        cancelled = true;
    }

    boolean mayBeCancelled() {
        return cancelled;
    }

    /** Records that a retry is about to be sent, which may not arrive. */
    void retry() {
        retries.incrementAndGet();
    }

    int retries() {
        return retries.get();
    }

    /** Returns whether the request may end FAILED for another reason than too many attempts. */
    boolean mayFail() {
        return input.has("failStep") || input.at("/simulate").has("failStep");
    }
}
