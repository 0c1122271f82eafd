package dev.statuswire.emulator.gateway;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Upgrades a handshake to a connection. Before {@code $connect} has returned 2xx, there is no
 * upgrade, and backends cannot reach the connection. This class calls Jetty's upgrade itself,
 * because Javalin would accept the first offered subprotocol and allow compression, which API
 * Gateway does not support.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">The
 *     {@code $connect} route</a>
 */
final class ConnectionUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionUpgrade.class);
    private static final int SEND_BUFFER_BYTES = 64 * 1024;
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private final HandshakeAdmission admission;
    private final GatewayLimits limits;
    private final Executor executor;

    /**
     * @param executor runs the handlers, on virtual threads
     */
    ConnectionUpgrade(HandshakeAdmission admission, GatewayLimits limits, Executor executor) {
        this.admission = admission;
        this.limits = limits;
        this.executor = executor;
    }

    /** Handles one handshake. Blocks the caller while the handlers run. */
    void handle(Context context) throws IOException {
        context.skipRemainingHandlers();
        Handshake handshake = Handshake.of(context.req());
        HandshakeAdmission.Decision decision =
                CompletableFuture.supplyAsync(() -> admission.decide(handshake), executor).join();
        switch (decision) {
            case HandshakeAdmission.Decision.Refused(HandshakeRefusal refusal) ->
                    refuse(context.res(), refusal);
            case HandshakeAdmission.Decision.Admitted admitted ->
                    upgrade(context, handshake, admitted);
        }
    }

    void refuse(Context context, HandshakeRefusal refusal) throws IOException {
        context.skipRemainingHandlers();
        refuse(context.res(), refusal);
    }

    private void upgrade(
            Context context, Handshake handshake, HandshakeAdmission.Decision.Admitted admitted)
            throws IOException {
        boolean upgraded = false;
        try {
            context.res().setHeader(SUBPROTOCOL, null);
            upgraded = upgrade(context.req(), context.res(), handshake, admitted);
        } finally {
            if (!upgraded) {
                LOG.info(
                        "connection {} was accepted but did not open; abandoning it",
                        admitted.connection().facts().id());
                admitted.connection().abandon();
            }
        }
        if (!upgraded) {
            refuse(context.res(), HandshakeRefusal.MALFORMED);
        }
    }

    private boolean upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            Handshake handshake,
            HandshakeAdmission.Decision.Admitted admitted)
            throws IOException {
        limitSendBuffer(request);
        return JettyWebSocketServerContainer.getContainer(request.getServletContext())
                .upgrade(
                        (_, upgradeResponse) -> {
                            upgradeResponse.setExtensions(List.of());
                            admitted.subprotocol()
                                    .filter(chosen -> offers(handshake, chosen))
                                    .ifPresent(upgradeResponse::setAcceptedSubProtocol);
                            return new JettySessionListener(admitted.connection(), limits);
                        },
                        request,
                        response);
    }

    /**
     * Limits the kernel's send buffer for a client, which comes in addition to {@link
     * OutboundBuffer}. By default, the kernel buffers megabytes, so the gateway would notice late
     * that a client has stopped reading.
     */
    private static void limitSendBuffer(HttpServletRequest request) throws IOException {
        Object transport =
                ServletContextRequest.getServletContextRequest(request)
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .getTransport();
        if (transport instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
    }

    private static boolean offers(Handshake handshake, String subprotocol) {
        String offered = handshake.header(SUBPROTOCOL).orElse("");
        return Arrays.stream(offered.split(",", -1))
                .map(String::strip)
                .anyMatch(subprotocol::equals);
    }

    private static void refuse(HttpServletResponse response, HandshakeRefusal refusal)
            throws IOException {
        response.setStatus(refusal.status());
        response.setHeader(SUBPROTOCOL, null);
        if (refusal.equals(HandshakeRefusal.OTHER_VERSION)) {
            response.setHeader("Sec-WebSocket-Version", Handshake.VERSION);
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "Upgrade");
        }
        if (!refusal.message().isEmpty()) {
            response.setContentType("application/json");
            String body = "{\"message\": \"%s\"}".formatted(refusal.message());
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
