package dev.statuswire.emulator.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * What decides how long a connection may stay, by the steady clock.
 *
 * @param connectedAt when the handshake came
 * @param acceptedAt when {@code $connect} had answered
 * @param lastActiveAt when a message last came in or was taken for sending
 * @param opened whether the socket has opened
 * @param closingSince when the gateway said that it closes
 */
record ConnectionTimes(
        Instant connectedAt,
        Instant acceptedAt,
        Instant lastActiveAt,
        boolean opened,
        Optional<Instant> closingSince) {

    /** What is due for a connection. */
    enum Due {
        NOTHING,
        CLOSE,
        ABANDON
    }

    /**
     * Idle and lifetime end with a close frame; who does not answer it, or never opened, is
     * abandoned. WebSocket pings are no messages: whether they keep a connection from being idle,
     * AWS does not say.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas:
     *     connection duration, idle connection timeout</a>
     */
    Due dueAt(Instant now, GatewayLimits limits) {
        if (closingSince.isPresent()) {
            Instant patience = closingSince.get().plus(limits.closeGrace());
            return now.isBefore(patience) ? Due.NOTHING : Due.ABANDON;
        }
        if (!opened && !now.isBefore(acceptedAt.plus(limits.closeGrace()))) {
            return Due.ABANDON;
        }
        boolean idle = !now.isBefore(lastActiveAt.plus(limits.idle()));
        boolean old = !now.isBefore(connectedAt.plus(limits.lifetime()));
        return idle || old ? Due.CLOSE : Due.NOTHING;
    }
}
