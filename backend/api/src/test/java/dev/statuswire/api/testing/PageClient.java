package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.testing.Await;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page as {@code asyncapi.yaml} describes it: it connects, subscribes, reads the list, merges by
 * version, and repeats all of this when its socket closes. Unlike the real page, it does not read
 * the list again each minute while its socket is open, so after the list it only knows what is
 * pushed. Thread-safe.
 */
public final class PageClient implements AutoCloseable {

    private static final long PAUSE_NANOS = 20_000_000;

    /** The server that a page uses; a call returns empty if it gets no usable response. */
    @FunctionalInterface
    public interface Server {
        Optional<Answer> call(Function<ApiClient, Answer> call);
    }

    /** Finds the server of a page, each time before the page connects. */
    @FunctionalInterface
    public interface Servers {

        /**
         * Returns the server that is up. Blocks until there is one; returns empty if there will be
         * none.
         */
        Optional<? extends Server> awaitUp() throws InterruptedException;
    }

    /** Observes what a page receives. */
    public interface Observer {

        /** The page is about to read the list. */
        default void begins() {}

        /** The page has read a document of the list. */
        default void listed(JsonNode document) {}

        /** The page has read the whole list. */
        default void hasRead() {}

        /** The page has received a document by a push. */
        default void pushed(JsonNode document) {}

        /**
         * The page has received a frame that is neither a status nor the response to the
         * subscription.
         */
        default void receivedOtherFrame(JsonNode frame) {
            throw new IllegalStateException(frame.toString());
        }

        /**
         * Returns when the page should leave its socket; by default, once the socket has closed.
         */
        default void stay(LiveSocket socket) throws InterruptedException {
            socket.awaitEnd();
        }
    }

    private final Servers servers;
    private final Observer observer;
    private final Map<String, JsonNode> newest = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("page").unstarted(this::run);
    private volatile @Nullable LiveSocket socket;
    private volatile @Nullable Throwable failure;
    private volatile boolean live;
    private volatile boolean closed;

    private PageClient(Servers servers, Observer observer) {
        this.servers = servers;
        this.observer = observer;
    }

    /** Opens a page and returns once it has read the list. */
    public static PageClient open(ApiClient api) {
        PageClient page = open(() -> Optional.of(call -> answer(api, call)), new Observer() {});
        Await.until("a page is live", () -> page.isLive());
        return page;
    }

    private static Optional<Answer> answer(ApiClient api, Function<ApiClient, Answer> call) {
        try {
            return Optional.of(call.apply(api)).filter(answer -> answer.status() < 300);
        } catch (UncheckedIOException lost) {
            return Optional.empty();
        }
    }

    /** Opens a page on servers that may stop and be replaced. */
    public static PageClient open(Servers servers, Observer observer) {
        var page = new PageClient(servers, observer);
        page.thread.start();
        return page;
    }

    /** Returns whether the page is subscribed and has read the list. */
    public boolean isLive() {
        return check(live);
    }

    /** Returns the newest document of each request that the page knows, by id. */
    public Map<String, JsonNode> newest() {
        return check(Map.copyOf(newest));
    }

    private <T> T check(T value) {
        Throwable cause = failure;
        if (cause != null) {
            throw new AssertionError("the page failed", cause);
        }
        return value;
    }

    private void run() {
        try {
            Optional<? extends Server> server = servers.awaitUp();
            while (server.isPresent() && !closed) {
                session(server.get());
                LockSupport.parkNanos(PAUSE_NANOS);
                server = servers.awaitUp();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable failed) {
            failure = failed;
        }
    }

    /** Runs the page on one socket, until it leaves the socket. */
    private void session(Server server) throws InterruptedException {
        Optional<LiveSocket> opened =
                server.call(api -> api.post("/live/tickets"))
                        .map(ticket -> URI.create(ticket.json().get("url").asText()))
                        .flatMap(url -> LiveSocket.open(url, this::receive));
        if (opened.isEmpty()) {
            return;
        }
        try (var open = opened.get()) {
            socket = open;
            if (!closed && open.subscribe() && hasReadTheList(server)) {
                live = true;
                observer.stay(open);
            }
        } finally {
            live = false;
        }
    }

    private boolean hasReadTheList(Server server) {
        observer.begins();
        String cursor = "";
        do {
            String path = "/requests?limit=100" + cursor;
            Optional<Answer> answer = server.call(api -> api.get(path));
            if (answer.isEmpty()) {
                return false;
            }
            JsonNode list = answer.get().json();
            list.get("requests").forEach(this::list);
            JsonNode next = list.get("next");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        observer.hasRead();
        return true;
    }

    private void list(JsonNode document) {
        observer.listed(document);
        merge(document);
    }

    private void receive(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "subscribed" -> {}
            case "status" -> {
                observer.pushed(frame.get("request"));
                merge(frame.get("request"));
            }
            default -> observer.receivedOtherFrame(frame);
        }
    }

    private void merge(JsonNode document) {
        newest.merge(
                document.get("id").asText(),
                document,
                (known, next) -> version(next) > version(known) ? next : known);
    }

    private static long version(JsonNode document) {
        return document.get("version").asLong();
    }

    /** Returns once the page has ended: after it is closed, or if there will be no more servers. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        closed = true;
        LiveSocket open = socket;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
    }
}
