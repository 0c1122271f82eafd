package dev.statuswire.emulator.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * The times that decide how long a connection may stay open, by the steady clock.
 *
 * @param connectedAt when the handshake arrived
 * @param acceptedAt when {@code $connect} had returned
 * @param lastActiveAt when a message was last received, or accepted for sending
 * @param opened whether the socket has opened
 * @param closingSince when the gateway started to close the connection, if it did
 */
record ConnectionTimes(
        Instant connectedAt,
        Instant acceptedAt,
        Instant lastActiveAt,
        boolean opened,
        Optional<Instant> closingSince) {

    /** The action that is due for a connection. */
    enum Due {
        NOTHING,
        CLOSE,
        ABANDON
    }

    /**
     * Returns the action that is due at {@code now}. A connection that is idle or too old is closed
     * with a close frame. A connection is abandoned if its client does not respond to the close
     * frame or never opens the socket. WebSocket pings are not messages; AWS does not document
     * whether they keep a connection from being idle.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas:
     *     connection duration, idle connection timeout</a>
     */
    Due dueAt(Instant now, GatewayLimits limits) {
        if (closingSince.isPresent()) {
            Instant deadline = closingSince.get().plus(limits.closeGrace());
            return now.isBefore(deadline) ? Due.NOTHING : Due.ABANDON;
        }
        if (!opened && !now.isBefore(acceptedAt.plus(limits.closeGrace()))) {
            return Due.ABANDON;
        }
        boolean idle = !now.isBefore(lastActiveAt.plus(limits.idle()));
        boolean old = !now.isBefore(connectedAt.plus(limits.lifetime()));
        return idle || old ? Due.CLOSE : Due.NOTHING;
    }
}
