package dev.statuswire.api.live;

import dev.statuswire.api.http.Answers;
import dev.statuswire.api.http.Caller;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Ticket;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;

/** {@code POST /live/tickets}: a ticket, and where to use it. */
public final class IssueTicket {

    private final Tickets tickets;
    private final Caller caller;
    private final Optional<URI> liveUrl;

    /**
     * @param liveUrl where sockets are opened; empty for {@code /live} on the host that was called
     */
    public IssueTicket(Tickets tickets, Caller caller, Optional<URI> liveUrl) {
        this.tickets = tickets;
        this.caller = caller;
        this.liveUrl = liveUrl;
    }

    /** Handles the call. */
    public void handle(Context call) {
        Ticket ticket = tickets.issue(caller.owner(call));
        Answers.json(
                call,
                201,
                Json.MAPPER
                        .createObjectNode()
                        .put("ticket", ticket.value())
                        .put("url", liveUrl.map(URI::toString).orElseGet(() -> urlOf(call)))
                        .put("expiresAt", ticket.expiresAt().toString()));
    }

    /** {@code Host} has been checked against what is served here. */
    private static String urlOf(Context call) {
        String scheme = call.req().isSecure() ? "wss" : "ws";
        return scheme + "://" + call.header("Host") + "/live";
    }
}
