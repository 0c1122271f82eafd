package dev.statuswire.emulator.gateway;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a connection that are known at its handshake and never change.
 *
 * @param connectedAt when the handshake arrived, by the wall clock; for events and responses
 * @param startedAt the same moment by the steady clock; for the maximum lifetime
 * @param host the handshake's {@code Host} header
 * @param authorizer the authorizer's context as strings, with {@code principalId}; null if there is
 *     no authorizer
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
