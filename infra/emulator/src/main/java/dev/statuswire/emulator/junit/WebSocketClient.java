package dev.statuswire.emulator.junit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client for tests. Thread-safe. */
public final class WebSocketClient implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Messages messages = new Messages();
    private final WebSocket socket;

    private WebSocketClient(URI url) {
        socket = http.newWebSocketBuilder().buildAsync(url, messages).join();
    }

    /**
     * Opens a WebSocket and blocks until it is open.
     *
     * @throws java.util.concurrent.CompletionException if the server refuses the connection
     */
    public static WebSocketClient open(URI url) {
        return new WebSocketClient(url);
    }

    /** Sends a text message. */
    public void send(String message) {
        var _ = socket.sendText(message, true).join();
    }

    /**
     * Returns the next message. Blocks until it arrives.
     *
     * @throws AssertionError if there is no message within 30 s
     */
    public String next() throws InterruptedException {
        String message = messages.received.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + LONGEST);
        }
        return message;
    }

    /** Closes the WebSocket without waiting for the server. */
    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private static final class Messages implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                received.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
