package dev.statuswire.simulator.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.live.PageState.Shown;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An open page: subscribes, then reads the list, and merges by version. It reconnects when its
 * socket closes, reads unfinished requests again, and from time to time reads the whole list.
 */
public final class SimulatedPage {

    private static final int LIST_LIMIT = 2;
    private static final Duration READ_AGAIN = Duration.ofSeconds(60);
    private static final Duration READ_DISPUTED = Duration.ofSeconds(4);
    private static final int READS_PER_WHOLE_LIST = 5;
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(8);

    private final String owner;
    private final PageServer server;
    private final SimulatedSockets sockets;
    private final Scheduler scheduler;
    private final RandomChoices choices;
    private final boolean readsAgain;
    private final PageState view = new PageState();
    private String connection = "";

    /**
     * @param readsAgain whether the page reads its requests again; if not, pushes alone must keep
     *     it up to date
     */
    public SimulatedPage(
            String owner,
            PageServer server,
            SimulatedSockets sockets,
            Scheduler scheduler,
            RandomChoices choices,
            boolean readsAgain) {
        this.owner = owner;
        this.server = server;
        this.sockets = sockets;
        this.scheduler = scheduler;
        this.choices = choices;
        this.readsAgain = readsAgain;
    }

    public String owner() {
        return owner;
    }

    /** Opens the page. */
    public void open() {
        scheduler.start("page", this::connect);
        if (readsAgain) {
            scheduler.startAfter(READ_AGAIN, "page", () -> readAgain(1));
        }
    }

    private void connect() {
        String mine = sockets.open(this::receive, this::connectAgain);
        connection = mine;
        try {
            subscribe(mine);
            readAll();
        } catch (PageServer.ServerError failed) {
            sockets.drop(mine);
        }
    }

    private void subscribe(String mine) {
        String response = server.live(Topic.ofOwner(owner), mine, "subscribe");
        if (!response.contains("\"subscribed\"") || !sockets.isOpen(mine)) {
            throw new PageServer.ServerError(response);
        }
    }

    private void connectAgain() {
        scheduler.sleep(choices.upTo(LONGEST_BACKOFF));
        connect();
    }

    private void receive(String frame) {
        JsonNode message = Json.parse(frame).orElseThrow();
        switch (message.path("type").asText()) {
            case "status" -> view.pushed(shown(message.path("request")));
            case "removed" ->
                    view.removed(
                            message.path("id").asText(),
                            life(message),
                            message.path("version").asLong(),
                            createdAt(message));
            default -> throw new IllegalStateException("unknown frame: " + frame);
        }
        if (!view.disputed().isEmpty()) {
            scheduler.start("page", this::readDisputed);
        }
    }

    /** Reads disputed requests at once, as the page does, even if it reads nothing else again. */
    private void readDisputed() {
        try {
            view.disputed().forEach(this::readStatus);
        } catch (PageServer.ServerError later) {
            scheduler.startAfter(READ_DISPUTED, "page", this::readDisputed);
        }
    }

    private void readAgain(int times) {
        try {
            if (times % READS_PER_WHOLE_LIST == 0) {
                readAll();
            } else {
                view.unsettled().forEach(this::readStatus);
            }
        } catch (PageServer.ServerError later) {
            // The next round will read again.
        }
        scheduler.startAfter(READ_AGAIN, "page", () -> readAgain(times + 1));
    }

    private void readStatus(String id) {
        int since = view.moment();
        Shown known = view.documents().get(id);
        Optional<Request> there = server.status(new RequestKey(owner, id));
        if (there.isPresent()) {
            view.read(List.of(shown(there.get())), since);
        } else if (known != null && known.equals(view.documents().get(id))) {
            view.missing(id);
        }
    }

    private void readAll() {
        int since = view.moment();
        var ids = new TreeSet<String>();
        Optional<String> before = Optional.empty();
        do {
            int sincePage = view.moment();
            RequestPage page =
                    server.list(
                            new ListQuery(owner, Set.of(), Set.of(), Set.of(), LIST_LIMIT, before));
            view.read(page.requests().stream().map(SimulatedPage::shown).toList(), sincePage);
            page.requests().forEach(it -> ids.add(it.key().id()));
            before = page.next();
        } while (before.isPresent());
        view.listed(ids, since);
    }

    private static Shown shown(Request request) {
        return new Shown(
                request.key().id(),
                request.life(),
                request.version(),
                request.status().finished(),
                request.createdAt());
    }

    private static Shown shown(JsonNode document) {
        return new Shown(
                document.path("id").asText(),
                life(document),
                document.path("version").asLong(),
                Status.of(document.path("status").asText()).finished(),
                createdAt(document));
    }

    private static @Nullable String life(JsonNode message) {
        return message.path("life").textValue();
    }

    private static @Nullable Instant createdAt(JsonNode message) {
        JsonNode createdAt = message.path("createdAt");
        return createdAt.isTextual() ? Instant.parse(createdAt.asText()) : null;
    }

    /** Returns whether the page is connected. */
    public boolean isLive() {
        return sockets.isOpen(connection);
    }

    /** Returns the version that the page shows of each request. */
    public Map<String, Long> versions() {
        var versions = new TreeMap<String, Long>();
        view.documents().forEach((id, shown) -> versions.put(id, shown.version()));
        return versions;
    }
}
