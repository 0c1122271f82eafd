package dev.statuswire.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, JsonNode> newest = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    private Page(ApiClient api, int port) {
        this.api = api;
        this.port = port;
        this.thread = Thread.ofVirtual().name("page").unstarted(this::runUntilClosed);
    }

    /** Opens one, and returns once it has read the list. */
    static Page open(ApiClient api, int port) {
        var page = new Page(api, port);
        page.thread.start();
        Await.until("a page is live", () -> page.sessions.get() > 0);
        return page;
    }

    /** The newest document of each request that it knows, by id. */
    Map<String, JsonNode> newest() {
        return Map.copyOf(newest);
    }

    /** How often it has read the list. */
    int sessions() {
        return sessions.get();
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
        String ticket = ok(api.post("/live/tickets"), 201).get("ticket").asText();
        var session = new Session();
        var socket =
                http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + port + "/live?ticket=" + ticket),
                                session)
                        .join();
        try {
            socket.sendText("{\"action\":\"subscribe\"}", true).join();
            session.subscribed.join();
            ok(api.get("/requests?limit=100"), 200).get("requests").forEach(this::merge);
            sessions.incrementAndGet();
            session.ended.join();
        } finally {
            socket.abort();
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

    /** The frames of one socket. */
    private final class Session implements WebSocket.Listener {

        private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                read(Json.parse(partial.toString()).orElseThrow());
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void read(JsonNode frame) {
            switch (frame.path("type").asText()) {
                case "subscribed" -> subscribed.complete(null);
                case "status" -> merge(frame.get("request"));
                case "error" -> end(frame.toString());
                default -> throw new CompletionException(frame.toString(), null);
            }
        }

        private void end(String why) {
            subscribed.completeExceptionally(new IOException(why));
            ended.complete(null);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end(reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(error.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        thread.interrupt();
    }
}
