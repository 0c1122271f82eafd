package dev.statuswire.tests.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.emulator.gateway.LiveSocket;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A page as {@code asyncapi.yaml} wants it: it connects, subscribes, then reads the list, merges by
 * version, and does all of it again when its socket ends. It does not read again by itself while
 * its socket lives, as the real one does each minute: so what is pushed is all that it knows.
 */
final class Page implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000_000;

    private final ApiClient api;
    private final Map<String, JsonNode> newest = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile @Nullable LiveSocket socket;
    private volatile boolean live;
    private volatile boolean closed;

    private Page(ApiClient api) {
        this.api = api;
        this.thread = Thread.ofVirtual().name("page").unstarted(this::runUntilClosed);
    }

    /** Opens one, and returns once it has read the list. */
    static Page open(ApiClient api) {
        var page = new Page(api);
        page.thread.start();
        Await.until("a page is live", () -> page.live);
        return page;
    }

    /** The newest document of each request that it knows, by id. */
    Map<String, JsonNode> newest() {
        return Map.copyOf(newest);
    }

    private void runUntilClosed() {
        while (!closed) {
            try {
                session();
            } catch (IOException | RuntimeException | AssertionError broken) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** One socket's life. */
    private void session() throws IOException {
        JsonNode ticket = ok(api.post("/live/tickets"), 201);
        try (var opened = LiveSocket.open(ticket, this::receive)) {
            socket = opened;
            if (closed || !opened.isSubscribed()) {
                throw new IOException("not now: no subscription");
            }
            ok(api.get("/requests?limit=100"), 200).get("requests").forEach(this::merge);
            live = true;
            opened.awaitEnd();
        }
    }

    private static JsonNode ok(Answer answer, int status) throws IOException {
        if (answer.status() != status) {
            throw new IOException("not now: " + answer.status());
        }
        return answer.json();
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

    private void receive(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "subscribed" -> {}
            case "status" -> merge(frame.get("request"));
            default -> throw new IllegalStateException(frame.toString());
        }
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
