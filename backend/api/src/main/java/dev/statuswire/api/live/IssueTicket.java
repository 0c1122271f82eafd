package dev.statuswire.api.live;

import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.api.limit.RateLimit;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.live.Topic;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code POST /live/tickets}: issues a ticket, and returns it with the URL at which it opens a live
 * socket. Each owner, and each link, gets at most {@value #MAX_TICKETS} tickets in {@value
 * Ticket#SECONDS} s, the lifetime of a ticket, so it has at most twice as many unused tickets.
 */
public final class IssueTicket {

    static final int MAX_TICKETS = 2_000;

    private final TicketIssuer tickets;
    private final CallerIdentity caller;
    private final HostAndOrigin guard;
    private final Optional<URI> liveUrl;
    private final RateLimit limit;

    /**
     * @param guard determines the origin that a client called
     * @param liveUrl the URL at which sockets are opened; empty for {@code /live} on the host that
     *     the client called
     * @param steady measures the period of the limit on an owner's tickets
     */
    public IssueTicket(
            TicketIssuer tickets,
            CallerIdentity caller,
            HostAndOrigin guard,
            Optional<URI> liveUrl,
            InstantSource steady) {
        this.tickets = tickets;
        this.caller = caller;
        this.guard = guard;
        this.liveUrl = liveUrl;
        this.limit = new RateLimit(MAX_TICKETS, Duration.ofSeconds(Ticket.SECONDS), steady);
    }

    /** Handles the call. */
    public void handle(Context call) {
        String owner = caller.owner(call);
        respond(call, Topic.ofOwner(owner), "owner " + owner);
    }

    /**
     * Responds with a ticket for {@code topic}.
     *
     * @param user whose tickets are counted
     */
    public void respond(Context call, Topic topic, String user) {
        if (!limit.admits(user)) {
            throw new ProblemException(
                    ProblemKind.TOO_MANY_TICKETS
                            .with("Use the tickets that you have, or wait until they expire.")
                            .withHeader("Retry-After", Integer.toString(Ticket.SECONDS)));
        }
        Ticket ticket = tickets.issue(topic);
        ResponseWriter.json(
                call,
                201,
                Json.MAPPER
                        .createObjectNode()
                        .put("ticket", ticket.value())
                        .put("url", withTicket(liveUrl.orElseGet(() -> liveUrlOf(call)), ticket))
                        .put("expiresAt", ticket.expiresAt().toString()));
    }

    private URI liveUrlOf(Context call) {
        return URI.create(guard.origin(call).replaceFirst("http", "ws") + "/live");
    }

    private static String withTicket(URI url, Ticket ticket) {
        return url + (url.getRawQuery() == null ? "?" : "&") + "ticket=" + ticket.value();
    }
}
