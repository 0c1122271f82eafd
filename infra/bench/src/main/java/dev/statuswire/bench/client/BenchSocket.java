package dev.statuswire.bench.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open WebSocket. Thread-safe. */
public final class BenchSocket implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;
    private static final String RECEIVE_BUFFER = "jdk.httpclient.receiveBufferSize";

    private final WebSocket socket;

    private BenchSocket(WebSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens a socket.
     *
     * @param onMessage receives each text message, on a thread of the HTTP client
     */
    public static BenchSocket open(URI uri, Consumer<String> onMessage)
            throws InterruptedException {
        return open(uri, new Listening(onMessage));
    }

    private static BenchSocket open(URI uri, Listening listening) throws InterruptedException {
        return new BenchSocket(
                await(BenchApi.HTTP.newWebSocketBuilder().buildAsync(uri, listening)));
    }

    /** Opens a socket to Statuswire and subscribes. Returns when the subscription is confirmed. */
    public static BenchSocket subscribe(BenchApi api, Consumer<String> onMessage)
            throws InterruptedException {
        var listening = new Listening(onMessage);
        return subscribe(open(api.liveUrl(), listening), listening);
    }

    /**
     * Subscribes and then stops reading, with a small receive buffer, so that the server soon
     * cannot send more.
     */
    public static BenchSocket subscribeAndStopReading(BenchApi api) throws InterruptedException {
        var listening = new Listening(message -> {});
        listening.stopsReading = true;
        System.setProperty(RECEIVE_BUFFER, "4096");
        try {
            return subscribe(open(api.liveUrl(), listening), listening);
        } finally {
            System.clearProperty(RECEIVE_BUFFER);
        }
    }

    private static BenchSocket subscribe(BenchSocket live, Listening listening)
            throws InterruptedException {
        await(live.socket.sendText("{\"action\":\"subscribe\"}", true));
        await(listening.subscribed);
        return live;
    }

    private static <T> T await(CompletableFuture<T> pending) throws InterruptedException {
        try {
            return pending.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("could not open a socket", failed);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Listening implements WebSocket.Listener {

        private final Consumer<String> onMessage;
        private final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();
        private volatile boolean stopsReading;

        private Listening(Consumer<String> onMessage) {
            this.onMessage = onMessage;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String message = parts.toString();
                parts.setLength(0);
                if (message.contains("\"subscribed\"")) {
                    subscribed.complete(true);
                } else {
                    onMessage.accept(message);
                }
            }
            if (!stopsReading || !subscribed.isDone()) {
                socket.request(1);
            }
            return null;
        }
    }
}
