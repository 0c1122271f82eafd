package dev.statuswire.api.link;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.TrustedForwarding;
import dev.statuswire.api.limit.RateLimit;
import dev.statuswire.api.live.IssueTicket;
import dev.statuswire.api.request.RequestAccess;
import dev.statuswire.api.request.StatusResponses;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.Topic;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Determines what the link in the path of a call gives access to. A link is the only authorization
 * of such a call: a token is ignored.
 *
 * <p>An address that has tried {@value #MAX_GUESSES} unknown links in a minute gets 429 for more of
 * them. Valid links stay open, so that no caller can close them for the others behind the same
 * proxy. What makes guessing hopeless is the length of the secrets.
 */
public final class OpenLink {

    private static final int MAX_GUESSES = 60;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Links links;
    private final StatusResponses responses;
    private final IssueTicket tickets;
    private final RateLimit guesses;

    /**
     * @param responses those for owners
     * @param steady measures the period of the limit on guesses
     */
    public OpenLink(
            Links links, StatusResponses responses, IssueTicket tickets, InstantSource steady) {
        this.links = links;
        this.responses = responses;
        this.tickets = tickets;
        this.guesses = new RateLimit(MAX_GUESSES, PERIOD, steady);
    }

    /**
     * Returns what the link in the path's {@code {secret}} gives access to.
     *
     * @throws ProblemException if there is no such link, or if the caller has tried too many
     */
    public RequestAccess access(Context call) {
        String secret = call.pathParam("secret");
        Links.Opened opened = open(call, secret);
        return new LinkAccess(
                opened, responses.through(opened.link(), secret), () -> open(call, secret));
    }

    /** Handles {@code POST /links/{secret}/tickets}. */
    public void issueTicket(Context call) {
        Links.Opened opened = open(call, call.pathParam("secret"));
        Topic topic = Topic.ofRequest(opened.request().key());
        tickets.respond(call, topic, "links of " + topic.owner());
    }

    /**
     * A link whose request is gone gets the response to an unknown link here, before anything else
     * in the call is looked at, so that a client cannot distinguish the two.
     */
    private Links.Opened open(Context call, String secret) {
        return links.open(secret).orElseThrow(() -> refusal(TrustedForwarding.client(call)));
    }

    private ProblemException refusal(String caller) {
        return guesses.admits(caller)
                ? LinkAccess.unknownLink()
                : new ProblemException(
                        ProblemKind.TOO_MANY_GUESSES
                                .with("Wait a minute before you try another link.")
                                .withHeader("Retry-After", Long.toString(PERIOD.toSeconds())));
    }
}
