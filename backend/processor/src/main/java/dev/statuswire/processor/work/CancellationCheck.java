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
 * Answers a step that asks whether to go on, with a look into the database at most once a second.
 */
final class CancellationCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CancellationCheck.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Request request;
    private final Supplier<ClaimedRequest.WriteResult> look;
    private final InstantSource steady;
    private Instant nextLook;
    private boolean cancelled;

    CancellationCheck(
            Request request, Supplier<ClaimedRequest.WriteResult> look, InstantSource steady) {
        this.request = request;
        this.look = look;
        this.steady = steady;
        this.nextLook = steady.instant().plus(BETWEEN_LOOKS);
    }

    synchronized boolean cancelled() {
        Instant now = steady.instant();
        if (!cancelled && !now.isBefore(nextLook)) {
            nextLook = now.plus(BETWEEN_LOOKS);
            cancelled = isCancelled();
        }
        return cancelled || Thread.currentThread().isInterrupted();
    }

    private boolean isCancelled() {
        try {
            return look.get() != ClaimedRequest.WriteResult.HELD;
        } catch (StoreException unanswered) {
            LOG.warn(
                    "could not read {}; will read it again in {}",
                    request.key(),
                    BETWEEN_LOOKS,
                    unanswered);
            return false;
        }
    }
}
