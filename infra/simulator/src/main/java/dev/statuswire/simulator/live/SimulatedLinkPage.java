package dev.statuswire.simulator.live;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.Request;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.util.Optional;

/**
 * A page that a visitor has opened by a link: subscribes to the request, then reads it, and reads
 * it again whenever it has changed. It closes when the link is not valid any more.
 */
public final class SimulatedLinkPage {

    private static final Duration READ_AGAIN = Duration.ofSeconds(60);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(8);

    private final LinkSecret secret;
    private final PageServer server;
    private final SimulatedSockets sockets;
    private final Scheduler scheduler;
    private final RandomChoices choices;
    private final boolean readsAgain;
    private Optional<Request> shown = Optional.empty();
    private String connection = "";
    private boolean isReading;
    private boolean mustRead;
    private boolean isClosed;

    /**
     * @param readsAgain whether the page reads the request from time to time; if not, pushes alone
     *     must keep it up to date
     */
    public SimulatedLinkPage(
            LinkSecret secret,
            PageServer server,
            SimulatedSockets sockets,
            Scheduler scheduler,
            RandomChoices choices,
            boolean readsAgain) {
        this.secret = secret;
        this.server = server;
        this.sockets = sockets;
        this.scheduler = scheduler;
        this.choices = choices;
        this.readsAgain = readsAgain;
    }

    /** Opens the page. */
    public void open() {
        scheduler.start("link page", this::connect);
        if (readsAgain) {
            scheduler.startAfter(READ_AGAIN, "link page", this::readAgain);
        }
    }

    private void connect() {
        if (isClosed) {
            return;
        }
        String mine = sockets.open(this::receive, this::connectAgain);
        connection = mine;
        try {
            Optional<Links.Opened> ticket = server.open(secret);
            if (ticket.isEmpty()) {
                close();
                return;
            }
            subscribe(mine, Topic.ofRequest(ticket.get().request().key()));
            read();
        } catch (PageServer.ServerError failed) {
            sockets.drop(mine);
        }
    }

    private void subscribe(String mine, Topic topic) {
        String response = server.live(topic, mine, "subscribe");
        if (!response.contains("\"subscribed\"") || !sockets.isOpen(mine)) {
            throw new PageServer.ServerError(response);
        }
    }

    private void connectAgain() {
        scheduler.sleep(choices.upTo(LONGEST_BACKOFF));
        connect();
    }

    private void receive(String frame) {
        if (!Json.parse(frame).orElseThrow().path("type").asText().equals("changed")) {
            throw new IllegalStateException("unknown frame: " + frame);
        }
        scheduler.start("link page", this::read);
    }

    private void readAgain() {
        read();
        if (!isClosed) {
            scheduler.startAfter(READ_AGAIN, "link page", this::readAgain);
        }
    }

    /**
     * Reads the request until a response arrives. Only one read runs at a time. If the request
     * changes meanwhile, another read follows, because the response may be older.
     */
    private void read() {
        mustRead = true;
        if (isReading) {
            return;
        }
        isReading = true;
        while (mustRead && !isClosed) {
            mustRead = false;
            readOnce();
        }
        isReading = false;
    }

    private void readOnce() {
        try {
            shown = server.open(secret).map(Links.Opened::request);
            if (shown.isEmpty()) {
                close();
            }
        } catch (PageServer.ServerError repeated) {
            mustRead = true;
            scheduler.sleep(choices.upTo(LONGEST_BACKOFF));
        }
    }

    private void close() {
        isClosed = true;
        shown = Optional.empty();
        sockets.drop(connection);
    }

    /** Returns whether the page has found that the link is not valid any more. */
    public boolean isClosed() {
        return isClosed;
    }

    /** Returns whether the page is connected. */
    public boolean isLive() {
        return sockets.isOpen(connection);
    }

    /** Returns the request that the page shows; empty if it shows none. */
    public Optional<Request> shown() {
        return shown;
    }
}
