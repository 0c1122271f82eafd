package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One live socket, from opening to its end. It subscribes as soon as it is open. If the server is
 * silent for too long, it ends without waiting for the closing handshake, which a lost network
 * would not complete. Belongs to the thread of the {@link EventLoop}, except for the methods of
 * {@link WebSocket.Listener}.
 */
final class LiveSocket implements WebSocket.Listener {

    private static final Logger LOG = System.getLogger(LiveSocket.class.getName());

    /** How long {@code subscribed} or {@code pong} may take, in milliseconds. */
    private static final long RESPONSE_TIMEOUT = 10_000;

    private final EventLoop loop;
    private final User user;
    private final StringBuilder parts = new StringBuilder();
    private @Nullable WebSocket socket;
    private @Nullable Future<?> deadline;
    private boolean ended;
    private boolean subscribed;
    private long receivedAt;

    /** Receives what happens on a socket. Its methods are called by the event loop. */
    interface User {

        /** Called with each frame from the server, also with {@code subscribed}. */
        void received(LiveSocket from, JsonNode frame);

        /** Called once when the socket has ended, unless {@link LiveSocket#close} ended it. */
        void ended(LiveSocket socket, String why);
    }

    /** Starts to open a socket. */
    LiveSocket(String url, HttpClient http, EventLoop loop, User user) {
        this.loop = loop;
        this.user = user;
        expect("the server did not respond to subscribe");
        loop.execute(() -> open(url, http));
    }

    private void open(String url, HttpClient http) {
        try {
            loop.when(http.newWebSocketBuilder().buildAsync(URI.create(url), this), this::opened);
        } catch (IllegalArgumentException invalid) {
            end("the ticket has no valid URL");
        }
    }

    private void opened(@Nullable WebSocket opened, @Nullable Throwable failed) {
        if (opened == null) {
            end("could not open the socket: " + failed);
        } else if (ended) {
            opened.abort();
        } else {
            socket = opened;
            send("subscribe");
        }
    }

    private void send(String action) {
        WebSocket open = socket;
        if (open != null) {
            loop.when(
                    open.sendText("{\"action\":\"" + action + "\"}", true),
                    (sent, failed) -> {
                        if (failed != null) {
                            end("could not send: " + failed);
                        }
                    });
        }
    }

    /**
     * Pings the server if it has been silent for this long, in milliseconds. The socket ends if
     * nothing arrives within 10 s.
     */
    void probe(long silence) {
        if (subscribed
                && !ended
                && deadline == null
                && EventLoop.millis() - receivedAt >= silence) {
            expect("the server did not respond to a ping");
            send("ping");
        }
    }

    private void expect(String otherwise) {
        deadline = loop.timer(RESPONSE_TIMEOUT, () -> end(otherwise));
    }

    /** Any frame shows that the server is alive; before {@code subscribed}, only that one does. */
    private void received(JsonNode frame) {
        if (ended) {
            return;
        }
        subscribed |= frame.path("type").asText().equals("subscribed");
        if (subscribed) {
            receivedAt = EventLoop.millis();
            clearDeadline();
        }
        user.received(this, frame);
    }

    private void clearDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void end(String why) {
        if (!ended) {
            close();
            user.ended(this, why);
        }
    }

    /** Closes the socket. Idempotent. */
    void close() {
        ended = true;
        clearDeadline();
        WebSocket open = socket;
        if (open != null && !open.isOutputClosed()) {
            CompletionStage<WebSocket> unused =
                    open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                            .whenComplete((sent, failed) -> open.abort());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            String text = parts.toString();
            parts.setLength(0);
            try {
                JsonNode frame = ClientJson.read(text);
                loop.execute(() -> received(frame));
            } catch (IllegalArgumentException notJson) {
                LOG.log(Level.DEBUG, "ignoring a frame that is not JSON", notJson);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket closed, int code, String reason) {
        loop.execute(() -> end("the server closed the socket with " + code));
        return null;
    }

    @Override
    public void onError(WebSocket broken, Throwable error) {
        loop.execute(() -> end("the socket failed: " + error));
    }
}
