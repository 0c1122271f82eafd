package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;

/** A request that a client submitted, with what it did to it since. Thread-safe. */
final class Submitted {

    private final String id;
    private final String type;
    private final JsonNode input;
    private final AtomicInteger retries = new AtomicInteger();
    private volatile boolean acknowledged;
    private volatile boolean cancelled;

    Submitted(String id, String type, JsonNode input) {
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

    /** It was answered 202 or 200. */
    void acknowledge() {
        acknowledged = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** A cancel is about to be sent; whether it arrives is another matter. */
    void cancel() {
        cancelled = true;
    }

    boolean mayBeCancelled() {
        return cancelled;
    }

    /** A retry is about to be sent; whether it arrives is another matter. */
    void retry() {
        retries.incrementAndGet();
    }

    int retries() {
        return retries.get();
    }

    /** Why it may end FAILED, besides being begun too often. */
    boolean mayFail() {
        return input.has("failStep");
    }
}
