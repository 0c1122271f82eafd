package dev.statuswire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One live socket, with all the frames that came. */
final class LivePage implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;

    /** Opens a socket with this ticket; empty where it is refused. */
    static Optional<LivePage> open(RunningLocally local, String ticket) {
        return open(
                URI.create(
                        local.page().toString().replace("http", "ws") + "live?ticket=" + ticket));
    }

    /** Opens a socket there; empty where it is refused. */
    static Optional<LivePage> open(URI live) {
        var page = new LivePage();
        try {
            page.socket = page.http.newWebSocketBuilder().buildAsync(live, page).join();
            return Optional.of(page);
        } catch (CompletionException refused) {
            page.http.close();
            return Optional.empty();
        }
    }

    /** Opens a socket, as who sends these headers, and subscribes it. */
    static LivePage subscribed(RunningLocally local, String... headers) {
        String url = local.api().post("/live/tickets", headers).json().get("url").asText();
        LivePage page = open(URI.create(url)).orElseThrow();
        page.send("{\"action\":\"subscribe\"}");
        page.await("subscribed", frame -> "subscribed".equals(frame.path("type").asText()));
        return page;
    }

    void send(String text) {
        WebSocket open = socket;
        if (open != null) {
            open.sendText(text, true).join();
        }
    }

    List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    /** The status documents that came of a request, in the order in which they came. */
    List<JsonNode> statuses(String id) {
        return frames.stream()
                .filter(frame -> "status".equals(frame.path("type").asText()))
                .map(frame -> frame.get("request"))
                .filter(request -> id.equals(request.path("id").asText()))
                .toList();
    }

    void awaitStatus(String id, String status) {
        Await.until(
                id + " is told to be " + status,
                () ->
                        statuses(id).stream()
                                .anyMatch(it -> status.equals(it.get("status").asText())));
    }

    void await(String what, Predicate<JsonNode> frame) {
        Await.until(what, () -> frames.stream().anyMatch(frame));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            frames.add(Json.parse(partial.toString()).orElseThrow());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        http.shutdownNow();
    }
}
