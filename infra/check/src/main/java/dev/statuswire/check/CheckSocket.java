package dev.statuswire.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A live socket that records every received frame. Thread-safe. */
final class CheckSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Frames frames = new Frames();
    private final WebSocket socket;

    private CheckSocket(HttpClient http, URI url) throws InterruptedException {
        try {
            socket =
                    http.newWebSocketBuilder()
                            .connectTimeout(PATIENCE)
                            .buildAsync(url, frames)
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new CheckFailedException(
                    "expected a socket at %s, got %s"
                            .formatted(withoutTicket(url), reason(failed)));
        }
    }

    /**
     * Opens a socket.
     *
     * @throws CheckFailedException if it does not open
     */
    static CheckSocket open(HttpClient http, URI url) throws InterruptedException {
        return new CheckSocket(http, url);
    }

    private static String withoutTicket(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    private static String reason(Exception failed) {
        return failed.getCause() instanceof WebSocketHandshakeException refused
                ? "the status " + refused.getResponse().statusCode()
                : String.valueOf(failed.getCause() == null ? failed : failed.getCause());
    }

    /**
     * Sends a frame and returns once a frame of {@code type} was received.
     *
     * @throws CheckFailedException if none arrives in time
     */
    void ask(String action, String type) throws InterruptedException {
        CompletableFuture<?> sent = socket.sendText("{\"action\":\"" + action + "\"}", true);
        try {
            sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new CheckFailedException(
                    "expected to send \"%s\", got %s".formatted(action, reason(failed)));
        }
        frames.await(
                frame -> frame.path("type").asText().equals(type),
                PATIENCE,
                "\"" + type + "\" after \"" + action + "\"");
    }

    /**
     * Returns once a version of {@code id} was pushed.
     *
     * @throws CheckFailedException if it is not pushed in time
     */
    void awaitPush(String id, int version, Duration limit, String what)
            throws InterruptedException {
        frames.await(
                frame ->
                        isOf(id, frame) && frame.path("request").path("version").asInt() == version,
                limit,
                what);
    }

    /** Returns the pushed versions of {@code id}, in the order in which they arrived. */
    List<Integer> versions(String id) {
        return frames.all().stream()
                .filter(frame -> isOf(id, frame))
                .map(frame -> frame.path("request").path("version").asInt())
                .toList();
    }

    private static boolean isOf(String id, JsonNode frame) {
        return frame.path("type").asText().equals("status")
                && frame.path("request").path("id").asText().equals(id);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Records the received frames and why the socket was closed. */
    private static final class Frames implements WebSocket.Listener {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final List<JsonNode> frames = new ArrayList<>();
        private final StringBuilder parts = new StringBuilder();
        private String end = "";

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                heard(text);
            }
            socket.request(1);
            return null;
        }

        private void heard(String text) {
            try {
                JsonNode frame = CheckedResponse.JSON.readTree(text);
                note(() -> frames.add(frame));
            } catch (JsonProcessingException notJson) {
                ended("a frame is not JSON");
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended("the socket was closed with " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended("the socket failed: " + error);
        }

        private void ended(String why) {
            note(() -> end = why);
        }

        private void note(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        List<JsonNode> all() {
            lock.lock();
            try {
                return List.copyOf(frames);
            } finally {
                lock.unlock();
            }
        }

        void await(Predicate<JsonNode> wanted, Duration limit, String what)
                throws InterruptedException {
            long left = limit.toNanos();
            lock.lock();
            try {
                while (true) {
                    if (frames.stream().anyMatch(wanted)) {
                        return;
                    }
                    if (!end.isEmpty()) {
                        throw new CheckFailedException("expected " + what + ", but " + end);
                    }
                    if (left <= 0) {
                        throw new CheckFailedException(
                                "expected %s within %d s, got none among %d frames"
                                        .formatted(what, limit.toSeconds(), frames.size()));
                    }
                    left = changed.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
