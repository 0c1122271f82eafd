package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.time.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client, with the messages that it received. */
final class TestClient implements WebSocket.Listener {

    record Closed(int code, String reason) {}

    final List<String> messages = new CopyOnWriteArrayList<>();
    final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();

    static TestClient open(HttpClient http, URI uri) {
        TestClient client = new TestClient();
        WebSocket socket = http.newWebSocketBuilder().buildAsync(uri, client).join();
        client.opened.complete(socket);
        return client;
    }

    WebSocket socket() {
        return opened.join();
    }

    void send(String text) {
        var _ = socket().sendText(text, true).join();
    }

    /** Waits for the message at an index and returns it. */
    String message(int index) {
        Await.until("message " + index, () -> messages.size() > index);
        return messages.get(index);
    }

    Closed closed() {
        Await.until("close", closed::isDone);
        return closed.join();
    }

    String ping(String text) {
        var _ = socket().sendPing(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).join();
        Await.until("pong", pong::isDone);
        return pong.join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        pong.complete(new String(bytes, StandardCharsets.UTF_8));
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.complete(new Closed(1006, error.toString()));
    }
}
