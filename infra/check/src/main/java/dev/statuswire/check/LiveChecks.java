package dev.statuswire.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The ticket, the live socket, and the pushes over it. */
final class LiveChecks {

    private static final String TICKET = "ticket";
    private static final String SOCKET = "socket";
    private static final Duration PUSHED_WITHIN = Duration.ofSeconds(5);

    private final CheckState conversation;
    private final CheckedService service;

    LiveChecks(CheckState conversation) {
        this.conversation = conversation;
        this.service = conversation.service;
    }

    /** Before anything is submitted, so that every change is pushed. */
    List<Check> opening() {
        return List.of(
                Check.of(TICKET, this::ticket, AccessChecks.LOGIN),
                Check.of(SOCKET, this::socket, TICKET));
    }

    /** Once something was submitted. */
    List<Check> pushing() {
        return List.of(Check.of("push", this::push, SOCKET, RequestChecks.SUBMIT));
    }

    private URI newTicket() throws InterruptedException {
        CheckedResponse answer = service.post("/live/tickets").expect(201);
        answer.expectHeader("Cache-Control", "no-store");
        return URI.create(answer.json().path("url").asText());
    }

    /**
     * The socket has to be of the page's own host, which on AWS is CloudFront's. Without CloudFront
     * it is on another one.
     */
    private String ticket() throws InterruptedException {
        URI url = newTicket();
        URI base = service.base();
        String scheme = base.getScheme().replaceFirst("^http", "ws");
        String expected =
                scheme + "://" + (service.isBelowPath() ? "" : base.getRawAuthority() + "/");
        if (!url.toString().startsWith(expected)) {
            throw new CheckFailedException(
                    "expected a URL of %s in a ticket, got one of %s://%s/"
                            .formatted(expected, url.getScheme(), url.getRawAuthority()));
        }
        return "201, for " + url.getScheme() + "://" + url.getRawAuthority();
    }

    private String socket() throws InterruptedException {
        URI url = newTicket();
        CheckSocket socket = CheckSocket.open(service.http(), url);
        conversation.setSocket(socket);
        socket.ask("subscribe", "subscribed");
        socket.ask("ping", "pong");
        boolean opened = true;
        try (CheckSocket again = CheckSocket.open(service.http(), url)) {
            again.ask("ping", "pong");
        } catch (CheckFailedException refused) {
            opened = false;
        }
        if (opened) {
            throw new CheckFailedException(
                    "expected that a ticket opens one socket, it opened two");
        }
        return "subscribed, pong; its ticket opens no other";
    }

    /** The end of the request is read first, so what is left to wait for is the push alone. */
    private String push() throws InterruptedException {
        String id = conversation.submittedId();
        int end = conversation.submissions.finished(id).path("version").asInt();
        CheckSocket socket = conversation.socket();
        socket.awaitPush(
                id,
                end,
                PUSHED_WITHIN,
                "a push of version %d of %s, which is its end,".formatted(end, id));
        return "versions " + socket.versions(id);
    }
}
