package dev.statuswire.bench.drive;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Open WebSockets. Thread-safe. */
public final class Sockets implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<WebSocket> open = new ArrayList<>();

    /**
     * Opens one at {@code uri}.
     *
     * @param heard gets each message, on a thread of the client's
     */
    public WebSocket open(URI uri, Consumer<String> heard) throws InterruptedException {
        WebSocket socket = await(http.newWebSocketBuilder().buildAsync(uri, new Listening(heard)));
        synchronized (open) {
            open.add(socket);
        }
        return socket;
    }

    /** Opens one of Statuswire's. Returns once it is subscribed. */
    public void subscribe(Api api, Consumer<String> heard) throws InterruptedException {
        var subscribed = new CompletableFuture<Void>();
        WebSocket socket =
                open(
                        api.liveUri(),
                        text -> {
                            if (text.contains("\"subscribed\"")) {
                                subscribed.complete(null);
                            } else {
                                heard.accept(text);
                            }
                        });
        await(socket.sendText("{\"action\":\"subscribe\"}", true));
        await(subscribed);
    }

    private static <T> T await(CompletableFuture<T> coming) throws InterruptedException {
        try {
            return coming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("no socket", failed);
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            open.forEach(WebSocket::abort);
        }
        http.close();
    }

    private static final class Listening implements WebSocket.Listener {

        private final Consumer<String> heard;
        private final StringBuilder parts = new StringBuilder();

        private Listening(Consumer<String> heard) {
            this.heard = heard;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            if (!last || !parts.isEmpty()) {
                parts.append(data);
            }
            if (last) {
                heard.accept(parts.isEmpty() ? data.toString() : parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
