package dev.statuswire.simulator.check;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of an item.
 *
 * @param thread the writer's thread, which distinguishes one run of work from another
 * @param now the latest time that the writer's clock has shown
 * @param truth the true time
 * @param before the request before the change; empty if there was none
 * @param after the request after the change; empty if it was removed
 */
public record ObservedWrite(
        WriterRole role,
        Thread thread,
        Instant now,
        Instant truth,
        RequestKey key,
        Optional<Request> before,
        Optional<Request> after) {}
