package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A live socket, which may close at any moment, with the frames that it has received. Thread-safe.
 */
public final class LiveSocket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();

    private final List<JsonNode> frames;
    private final Consumer<String> receiver;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable WebSocket socket;

    private LiveSocket(List<JsonNode> frames, Consumer<String> receiver) {
        this.frames = frames;
        this.receiver = receiver;
    }

    /** Opens a socket at the URL of a ticket. Blocks; returns empty if the server refuses it. */
    public static Optional<LiveSocket> open(URI url) {
        return open(url, frame -> {});
    }

    /**
     * Opens a socket at the URL of a ticket, with a receiver. Blocks; returns empty if the server
     * refuses it.
     *
     * @param receiver receives each frame, one after the other; if it throws, the socket closes
     */
    public static Optional<LiveSocket> open(URI url, Consumer<JsonNode> receiver) {
        var frames = new CopyOnWriteArrayList<JsonNode>();
        return new LiveSocket(
                        frames,
                        text -> {
                            JsonNode frame = Json.parse(text).orElseThrow();
                            frames.add(frame);
                            receiver.accept(frame);
                        })
                .connected(url);
    }

    /**
     * Opens a socket that neither parses nor keeps its frames, to receive very many of them.
     * Blocks; returns empty if the server refuses it.
     */
    public static Optional<LiveSocket> openUnparsed(URI url, Consumer<String> receiver) {
        return new LiveSocket(List.of(), receiver).connected(url);
    }

    private Optional<LiveSocket> connected(URI url) {
        try {
            socket = HTTP.newWebSocketBuilder().buildAsync(url, this).join();
            return Optional.of(this);
        } catch (CompletionException refused) {
            return Optional.empty();
        }
    }

    /** Opens a socket with a ticket that is requested with these headers, and subscribes it. */
    public static LiveSocket subscribed(ApiClient api, String... headers) {
        return open(url(api, headers)).orElseThrow().subscribeOrFail();
    }

    /** Opens and subscribes a socket that neither parses nor keeps its frames. */
    public static LiveSocket subscribedUnparsed(ApiClient api, Consumer<String> receiver) {
        return openUnparsed(url(api), receiver).orElseThrow().subscribeOrFail();
    }

    private static URI url(ApiClient api, String... headers) {
        return URI.create(api.post("/live/tickets", headers).json().get("url").asText());
    }

    private LiveSocket subscribeOrFail() {
        if (!subscribe()) {
            throw new AssertionError("not subscribed: " + frames);
        }
        return this;
    }

    /**
     * Subscribes the socket. Blocks until it is subscribed or closed; returns false if it closed.
     */
    public boolean subscribe() {
        send("{\"action\":\"subscribe\"}");
        return subscribed.join();
    }

    /** Sends a text, if the socket is still open. */
    public void send(String text) {
        WebSocket open = socket;
        if (open != null) {
            var _ =
                    open.sendText(text, true)
                            .exceptionally(
                                    ended -> {
                                        end();
                                        return open;
                                    })
                            .join();
        }
    }

    private void end() {
        subscribed.complete(false);
        ended.complete(null);
    }

    /** Returns all frames so far, in the order in which they arrived. */
    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    /** Returns the documents of one request that were pushed so far. */
    public List<JsonNode> statuses(String id) {
        return frames.stream()
                .filter(frame -> "status".equals(frame.path("type").asText()))
                .map(frame -> frame.get("request"))
                .filter(request -> id.equals(request.path("id").asText()))
                .toList();
    }

    /** Returns once a request was pushed with this status. */
    public void awaitStatus(String id, String status) {
        Await.until(
                id + " is pushed as " + status,
                () ->
                        statuses(id).stream()
                                .anyMatch(it -> status.equals(it.get("status").asText())));
    }

    /** Returns once a matching frame has arrived. */
    public void await(String what, Predicate<JsonNode> frame) {
        Await.until(what, () -> frames.stream().anyMatch(frame));
    }

    /** Returns once the socket has closed. */
    public void awaitEnd() {
        ended.join();
    }

    /** Returns once the socket has closed, or after {@code longest}. */
    public void awaitEnd(Duration longest) throws InterruptedException {
        try {
            ended.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillOpen) {
            // The caller does not want to wait any longer.
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            String frame = partial.toString();
            partial.setLength(0);
            receiver.accept(frame);
            if (frame.contains("\"type\":\"subscribed\"")) {
                subscribed.complete(true);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end();
    }

    /** Closes the socket at once, and ends the calls that wait for it to close. */
    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end();
    }
}
