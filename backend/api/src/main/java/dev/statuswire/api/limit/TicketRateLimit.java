package dev.statuswire.api.limit;

import dev.statuswire.core.live.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Bounds how many tickets an owner gets in {@value Ticket#SECONDS} s, which is how long one is
 * good: so at most twice as many of the owner are unused at any time. Each process counts what it
 * issued itself. At most {@value #MAX_OWNERS} owners are counted; beyond that the one that asked
 * least recently starts at zero. Thread-safe, never blocks.
 */
public final class TicketRateLimit {

    static final int MAX_TICKETS = 2_000;

    private static final int MAX_OWNERS = 10_000;
    private static final Duration PERIOD = Duration.ofSeconds(Ticket.SECONDS);

    private final InstantSource steady;

    /** Owner that asked least recently first. Guarded by this. */
    private final Map<String, Issued> ofOwners = new RecentOwners<>(MAX_OWNERS);

    /**
     * Creates a limit that has counted nothing.
     *
     * @param steady measures the period
     */
    public TicketRateLimit(InstantSource steady) {
        this.steady = steady;
    }

    /** Returns whether {@code owner} may have one more ticket now, and counts it. */
    public synchronized boolean admits(String owner) {
        Instant now = steady.instant();
        Issued issued = ofOwners.get(owner);
        if (issued == null || !now.isBefore(issued.since().plus(PERIOD))) {
            issued = new Issued(now, 0);
        }
        boolean admitted = issued.count() < MAX_TICKETS;
        ofOwners.put(owner, admitted ? issued.andOne() : issued);
        return admitted;
    }

    private record Issued(Instant since, int count) {

        Issued andOne() {
            return new Issued(since, count + 1);
        }
    }
}
