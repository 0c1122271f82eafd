package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a step whether to stop, because its request was cancelled or lost or its thread was
 * interrupted. Reads the database at most once a second.
 */
final class CancellationCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CancellationCheck.class);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final Request request;
    private final Supplier<ClaimedRequest.WriteResult> read;
    private final InstantSource steady;
    private Instant nextRead;
    private boolean cancelled;

    CancellationCheck(
            Request request, Supplier<ClaimedRequest.WriteResult> read, InstantSource steady) {
        this.request = request;
        this.read = read;
        this.steady = steady;
        this.nextRead = steady.instant().plus(BETWEEN_READS);
    }

    synchronized boolean cancelled() {
        Instant now = steady.instant();
        if (!cancelled && !now.isBefore(nextRead)) {
            nextRead = now.plus(BETWEEN_READS);
            cancelled = readCancelled();
        }
        return cancelled || Thread.currentThread().isInterrupted();
    }

    private boolean readCancelled() {
        try {
            return read.get() != ClaimedRequest.WriteResult.HELD;
        } catch (StoreException failed) {
            LOG.warn(
                    "could not read {}; will read it again in {}",
                    request.key(),
                    BETWEEN_READS,
                    failed);
            return false;
        }
    }
}
