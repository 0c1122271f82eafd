package dev.statuswire.emulator.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One live socket of a page, which may end at any moment. */
public final class LiveSocket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<JsonNode> receiver;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable WebSocket socket;

    private LiveSocket(Consumer<JsonNode> receiver) {
        this.receiver = receiver;
    }

    /**
     * Opens one and subscribes it; it is ended already where that was refused.
     *
     * @param ticket as the API has issued it
     * @param receiver of each frame; one that throws ends the socket
     */
    public static LiveSocket open(JsonNode ticket, Consumer<JsonNode> receiver) {
        var socket = new LiveSocket(receiver);
        var address = URI.create(ticket.get("url").asText());
        var _ = HTTP.newWebSocketBuilder().buildAsync(address, socket).whenComplete(socket::opened);
        return socket;
    }

    private void opened(@Nullable WebSocket open, @Nullable Throwable refused) {
        if (open == null) {
            end();
        } else {
            socket = open;
            var _ =
                    open.sendText("{\"action\":\"subscribe\"}", true)
                            .whenComplete((_, failed) -> endIf(failed != null));
        }
    }

    private void endIf(boolean failed) {
        if (failed) {
            end();
        }
    }

    private void end() {
        subscribed.complete(false);
        ended.complete(null);
    }

    /** Whether it is, once that is known. */
    public boolean isSubscribed() {
        return subscribed.join();
    }

    /** Returns once it has ended. */
    public void awaitEnd() {
        ended.join();
    }

    /** The same, or so much later. */
    public void awaitEnd(Duration longest) throws InterruptedException {
        try {
            ended.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillOpen) {
            // Its user wanted no longer.
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            JsonNode frame = json(partial.toString());
            partial.setLength(0);
            receiver.accept(frame);
            if (frame.path("type").asText().equals("subscribed")) {
                subscribed.complete(true);
            }
        }
        from.request(1);
        return null;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(text, notJson);
        }
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

    /** Ends it at once, for whoever waits for that, too. */
    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end();
    }
}
