package dev.statuswire.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Checks tickets, live sockets and pushes. */
final class LiveChecks {

    private static final String TICKET = "ticket";
    private static final String SOCKET = "socket";
    private static final Duration PUSHED_WITHIN = Duration.ofSeconds(5);

    private final CheckContext conversation;
    private final CheckedService service;

    LiveChecks(CheckContext conversation) {
        this.conversation = conversation;
        this.service = conversation.service;
    }

    /** Returns the checks that run before anything is submitted, so that every change is pushed. */
    List<Check> opening() {
        return List.of(
                Check.of(TICKET, this::ticket, PageAndLoginChecks.LOGIN),
                Check.of(SOCKET, this::socket, TICKET));
    }

    /** Returns the checks that run after a submission. */
    List<Check> pushing() {
        return List.of(Check.of("push", this::push, SOCKET, SubmitAndReadChecks.SUBMIT));
    }

    private URI newTicket() throws InterruptedException {
        CheckedResponse response = service.post("/live/tickets").expect(201);
        response.expectHeader("Cache-Control", "no-store");
        return URI.create(response.json().path("url").asText());
    }

    /**
     * The socket's URL must have the host of the page, which on AWS is CloudFront's. Without
     * CloudFront, the host is a different one.
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
                    "expected a ticket to open one socket, but it opened two");
        }
        return "subscribed, pong; its ticket opens no second socket";
    }

    /** Reads the end of the request first, so that it only has to wait for the push. */
    private String push() throws InterruptedException {
        String id = conversation.submittedId();
        int end = conversation.submissions.finished(id).path("version").asInt();
        CheckSocket socket = conversation.socket();
        socket.awaitPush(
                id,
                end,
                PUSHED_WITHIN,
                "a push of version %d of %s, its last version,".formatted(end, id));
        return "versions " + socket.versions(id);
    }
}
