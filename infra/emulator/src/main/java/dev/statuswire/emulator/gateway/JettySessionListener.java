package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.OutboundBuffer.Fragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's endpoint of a connection. Its methods run on Jetty's threads and only delegate. It
 * requests each frame itself, so a client is not read faster than its messages are handled. Jetty
 * responds to pings. The class is public only because Jetty finds its methods by a public lookup;
 * the constructor is not public.
 *
 * <p>Jetty closes the connection with 1009 if a frame or message exceeds its limit, and with 1007
 * if it is not UTF-8.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html">Invoke
 *     your backend integration: 1009 if a message is too large, 1003 for binary messages</a>
 */
public final class JettySessionListener implements Session.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(JettySessionListener.class);

    private final GatewayConnection connection;
    private final GatewayLimits limits;
    private @Nullable Session session;

    JettySessionListener(GatewayConnection connection, GatewayLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        opened.setIdleTimeout(Duration.ZERO);
        opened.setAutoFragment(false);
        opened.setMaxFrameSize(limits.frameBytes());
        opened.setMaxTextMessageSize(limits.messageBytes());
        connection.opened(new SessionSender(opened));
        opened.demand();
    }

    @Override
    public void onWebSocketText(String message) {
        connection.received(message, this::demand);
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        connection.close(CloseReason.NOT_TEXT);
        callback.succeed();
        demand();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug(
                "the socket of connection {} failed; closing it: {}",
                connection.facts().id(),
                cause.toString());
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        callback.succeed();
        connection.closed();
    }

    private void demand() {
        Session open = session;
        if (open != null) {
            open.demand();
        }
    }

    /** Sends on a session, whose writes are asynchronous. */
    private record SessionSender(Session session) implements FragmentSender {

        @Override
        public void send(Fragment fragment, Runnable whenSent, Runnable whenFailed) {
            Callback callback = Callback.from(whenSent, failure -> whenFailed.run());
            session.sendPartialText(fragment.text(), fragment.last(), callback);
        }

        @Override
        public void close(CloseReason reason) {
            session.close(reason.code(), reason.text(), Callback.NOOP);
        }

        @Override
        public void disconnect() {
            session.disconnect();
        }
    }
}
