package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one subscribed socket open while it is needed: gets a ticket, opens the socket, and repeats
 * this with a backoff whenever there is no ticket or the socket ends. Belongs to the thread of the
 * {@link EventLoop}.
 */
final class SocketReconnector implements LiveSocket.User {

    private static final Logger LOG = System.getLogger(SocketReconnector.class.getName());

    /** If a connection lasted at least this long, the backoff restarts when it ends. */
    private static final long STABLE = 30_000;

    private static final long BACKOFF_BASE = 1_000;
    private static final long BACKOFF_CAP = 30_000;

    private final HttpCalls http;
    private final HttpClient sockets;
    private final EventLoop loop;
    private final User user;
    private @Nullable LiveSocket socket;

    /** Whether a ticket is being fetched, or the client waits before it fetches one. */
    private boolean isConnecting;

    private int failures;
    private boolean isSubscribed;
    private long subscribedAt;

    /** Uses the socket. */
    interface User {

        /** Returns whether a socket is needed. */
        boolean needsSocket();

        /** Called when the server pushes every change from now on, and when it no longer does. */
        void setLive(boolean isLive);

        /** Called with each frame from the server. */
        void received(JsonNode frame);
    }

    SocketReconnector(HttpCalls http, HttpClient sockets, EventLoop loop, User user) {
        this.http = http;
        this.sockets = sockets;
        this.loop = loop;
        this.user = user;
    }

    /** Opens a socket, unless there is one or the client is about to open one. */
    void open() {
        if (socket == null && !isConnecting) {
            connect();
        }
    }

    boolean isOpen() {
        return socket != null;
    }

    /** Pings the server if it has been silent for this long, in milliseconds. */
    void probe(long silence) {
        if (socket != null) {
            socket.probe(silence);
        }
    }

    /** Closes the socket. */
    void close() {
        if (socket != null) {
            socket.close();
            lost();
        }
    }

    private void connect() {
        isConnecting = user.needsSocket();
        if (isConnecting) {
            loop.when(
                    http.start(http.ticket()),
                    (url, failed) -> {
                        if (failed == null) {
                            isConnecting = false;
                            connect(url);
                        } else {
                            retry(failed);
                        }
                    });
        }
    }

    /** If the server is called over TLS, so is the socket; otherwise its ticket could be read. */
    private void connect(String url) {
        if (user.needsSocket()) {
            String secure = http.isSecure() ? url.replaceFirst("(?i)^ws:", "wss:") : url;
            socket = new LiveSocket(secure, sockets, loop, this);
        }
    }

    private void retry(Throwable cause) {
        long jitter = RetryTimes.fullJitter(failures, BACKOFF_BASE, BACKOFF_CAP, loop.random());
        long wait = Math.max(jitter, RetryTimes.cappedRetryAfter(cause));
        failures++;
        isConnecting = true;
        LOG.log(Level.DEBUG, () -> "no live socket; will retry in " + wait + " ms: " + cause);
        loop.after(wait, this::connect);
    }

    @Override
    public void received(LiveSocket from, JsonNode frame) {
        if (socket != from) {
            return;
        }
        if (frame.path("type").asText().equals("subscribed")) {
            isSubscribed = true;
            subscribedAt = EventLoop.millis();
            user.setLive(true);
        } else {
            user.received(frame);
        }
    }

    @Override
    public void ended(LiveSocket ended, String why) {
        if (socket == ended) {
            if (isSubscribed && EventLoop.millis() - subscribedAt >= STABLE) {
                failures = 0;
            }
            lost();
            retry(new NoResponseException(why, null));
        }
    }

    private void lost() {
        socket = null;
        if (isSubscribed) {
            isSubscribed = false;
            user.setLive(false);
        }
    }
}
