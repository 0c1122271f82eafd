package dev.statuswire.api.live;

import dev.statuswire.api.http.CallerRequests;
import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.api.limit.TicketRateLimit;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Ticket;
import io.javalin.http.Context;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** {@code POST /live/tickets}: a ticket, and the address that it opens a socket at. */
public final class IssueTicket {

    private final TicketIssuer tickets;
    private final CallerRequests caller;
    private final HostAndOrigin guard;
    private final Optional<URI> liveUrl;
    private final TicketRateLimit limit;

    /**
     * @param guard says where a call came to
     * @param liveUrl where sockets are opened; empty for {@code /live} on the host that was called
     * @param steady measures how many tickets an owner gets in a while
     */
    public IssueTicket(
            TicketIssuer tickets,
            CallerRequests caller,
            HostAndOrigin guard,
            Optional<URI> liveUrl,
            InstantSource steady) {
        this.tickets = tickets;
        this.caller = caller;
        this.guard = guard;
        this.liveUrl = liveUrl;
        this.limit = new TicketRateLimit(steady);
    }

    /** Handles the call. */
    public void handle(Context call) {
        if (!limit.admits(caller.owner(call))) {
            throw new ProblemException(
                    ProblemKind.TOO_MANY_TICKETS
                            .with("Use the tickets that you have, or wait until they expire.")
                            .withHeader("Retry-After", Integer.toString(Ticket.SECONDS)));
        }
        Ticket ticket = tickets.issue(caller.owner(call));
        ResponseWriter.json(
                call,
                201,
                Json.MAPPER
                        .createObjectNode()
                        .put("ticket", ticket.value())
                        .put("url", withTicket(liveUrl.orElseGet(() -> called(call)), ticket))
                        .put("expiresAt", ticket.expiresAt().toString()));
    }

    private URI called(Context call) {
        return URI.create(guard.origin(call).replaceFirst("http", "ws") + "/live");
    }

    private static String withTicket(URI url, Ticket ticket) {
        return url + (url.getRawQuery() == null ? "?" : "&") + "ticket=" + ticket.value();
    }
}
