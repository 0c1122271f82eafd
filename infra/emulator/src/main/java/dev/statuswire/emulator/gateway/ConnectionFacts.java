package dev.statuswire.emulator.gateway;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection from its handshake on and never changes.
 *
 * @param connectedAt when the handshake came, by the wall clock, which is shown
 * @param startedAt the same by the steady clock, from which the lifetime counts
 * @param host the {@code Host} header of the handshake
 * @param authorizer what the authorizer said: its context, stringified, and {@code principalId};
 *     null if there is none
 */
record ConnectionFacts(
        String id,
        Instant connectedAt,
        Instant startedAt,
        String sourceIp,
        @Nullable String userAgent,
        String host,
        @Nullable Map<String, Object> authorizer) {

    ConnectionFacts authorizedAs(Map<String, Object> context) {
        return new ConnectionFacts(
                id, connectedAt, startedAt, sourceIp, userAgent, host, Map.copyOf(context));
    }
}
