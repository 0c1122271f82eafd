package dev.statuswire.emulator.mapping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a shard does about failures: how long to wait, and whom to tell in the end. */
record Failures(Backoff backoff, FailureRecord document, OnFailure destination) {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /** Never throws: a destination that fails loses the document, as a deleted queue would. */
    void discarded(
            Batch lost,
            Condition condition,
            @Nullable String requestId,
            boolean threw,
            Instant now) {
        String json = document.json(lost, condition, requestId, threw, now);
        try {
            destination.discarded(json);
        } catch (RuntimeException e) {
            log.error("the on-failure destination failed; only this line tells of {}", json, e);
        }
    }
}
