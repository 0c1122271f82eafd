package dev.statuswire.simulator.check;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of one item.
 *
 * @param thread tells one run of work from another
 * @param now the latest time that the writer's clock has shown
 * @param truth the true time
 * @param before empty where there was none
 * @param after empty where there is none any more
 */
public record ObservedWrite(
        WriterRole role,
        Thread thread,
        Instant now,
        Instant truth,
        RequestKey key,
        Optional<Request> before,
        Optional<Request> after) {}
