package dev.statuswire.emulator.gateway;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a handshake to a connection. Until {@code $connect} has answered 2xx nothing is
 * upgraded, and no backend can reach the connection. It upgrades itself instead of leaving that to
 * Javalin, which would keep the request as long as the socket lives, take the first subprotocol
 * offered, and allow compression, which API Gateway does not have.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">The
 *     {@code $connect} route</a>
 */
final class Upgrade {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private final Admission admission;
    private final GatewayLimits limits;
    private final Executor executor;

    /**
     * @param executor runs the handlers, on virtual threads
     */
    Upgrade(Admission admission, GatewayLimits limits, Executor executor) {
        this.admission = admission;
        this.limits = limits;
        this.executor = executor;
    }

    /** Answers one handshake; the caller waits while the handlers run. */
    void handle(Context context) throws IOException {
        context.skipRemainingHandlers();
        Handshake handshake = Handshake.of(context.req());
        Admission.Verdict verdict =
                CompletableFuture.supplyAsync(() -> admission.decide(handshake), executor).join();
        switch (verdict) {
            case Admission.Verdict.Refused(Refusal refusal) -> refuse(context.res(), refusal);
            case Admission.Verdict.Admitted admitted -> upgrade(context, handshake, admitted);
        }
    }

    void refuse(Context context, Refusal refusal) throws IOException {
        context.skipRemainingHandlers();
        refuse(context.res(), refusal);
    }

    private void upgrade(Context context, Handshake handshake, Admission.Verdict.Admitted admitted)
            throws IOException {
        boolean upgraded = false;
        try {
            context.res().setHeader(SUBPROTOCOL, null);
            upgraded = upgrade(context.req(), context.res(), handshake, admitted);
        } finally {
            if (!upgraded) {
                LOG.info("{} was accepted but did not open", admitted.connection().facts().id());
                admitted.connection().abandon();
            }
        }
        if (!upgraded) {
            refuse(context.res(), Refusal.MALFORMED);
        }
    }

    private boolean upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            Handshake handshake,
            Admission.Verdict.Admitted admitted)
            throws IOException {
        SendBuffer.bound(request);
        return JettyUpgrade.answer(
                request,
                response,
                new SocketEndpoint(admitted.connection(), limits),
                admitted.subprotocol().filter(chosen -> offers(handshake, chosen)));
    }

    private static boolean offers(Handshake handshake, String subprotocol) {
        String offered = handshake.header(SUBPROTOCOL).orElse("");
        return Arrays.stream(offered.split(",", -1))
                .map(String::strip)
                .anyMatch(subprotocol::equals);
    }

    private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setStatus(refusal.status());
        response.setHeader(SUBPROTOCOL, null);
        if (refusal.equals(Refusal.OTHER_VERSION)) {
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
