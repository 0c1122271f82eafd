package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A live socket, with all the frames that came. */
final class Socket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    /**
     * Opens one.
     *
     * @throws java.util.concurrent.CompletionException if it is refused
     */
    Socket(URI live) {
        this.socket = HTTP.newWebSocketBuilder().buildAsync(live, this).join();
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    List<JsonNode> frames() {
        return List.copyOf(frames);
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
        socket.abort();
    }
}
