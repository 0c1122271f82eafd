package dev.statuswire.api.limit;

import dev.statuswire.core.live.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Limits each owner to {@value #MAX_TICKETS} tickets in {@value Ticket#SECONDS} s, the lifetime of
 * a ticket. So an owner has at most twice as many unused tickets at any time. Each process counts
 * only the tickets that it issued. At most {@value #MAX_OWNERS} owners are tracked; beyond that,
 * the owner whose last ticket request is the oldest starts at zero again. Thread-safe, never
 * blocks.
 */
public final class TicketRateLimit {

    static final int MAX_TICKETS = 2_000;

    private static final int MAX_OWNERS = 10_000;
    private static final Duration PERIOD = Duration.ofSeconds(Ticket.SECONDS);

    private final InstantSource steady;

    /** Ordered by the last ticket request, oldest first. Guarded by this. */
    private final Map<String, Issued> byOwner = new RecentOwners<>(MAX_OWNERS);

    /**
     * Creates a limit that has counted nothing.
     *
     * @param steady measures the period
     */
    public TicketRateLimit(InstantSource steady) {
        this.steady = steady;
    }

    /** Returns whether {@code owner} may have one more ticket now; if so, counts it. */
    public synchronized boolean admits(String owner) {
        Instant now = steady.instant();
        Issued issued = byOwner.get(owner);
        if (issued == null || !now.isBefore(issued.since().plus(PERIOD))) {
            issued = new Issued(now, 0);
        }
        boolean admitted = issued.count() < MAX_TICKETS;
        byOwner.put(owner, admitted ? issued.plusOne() : issued);
        return admitted;
    }

    private record Issued(Instant since, int count) {

        Issued plusOne() {
            return new Issued(since, count + 1);
        }
    }
}
