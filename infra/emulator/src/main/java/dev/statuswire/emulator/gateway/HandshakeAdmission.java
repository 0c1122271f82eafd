package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.Authorizer.Authorization;
import dev.statuswire.emulator.gateway.LambdaIntegration.Connect;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a handshake is admitted. Calls the authorizer, if there is one, and then {@code
 * $connect}. Thread-safe; blocks while they run.
 */
final class HandshakeAdmission {

    /** The decision on a handshake. */
    sealed interface Decision {

        /** The handshake is admitted. Backends can reach the connection from now on. */
        record Admitted(GatewayConnection connection, Optional<String> subprotocol)
                implements Decision {}

        /** The client gets this response. */
        record Refused(HandshakeRefusal refusal) implements Decision {}
    }

    private final @Nullable Authorizer authorizer;
    private final LambdaIntegration integration;
    private final Function<ConnectionFacts, GatewayConnection> connections;
    private final ConnectionIds ids;
    private final InstantSource clock;
    private final InstantSource steady;

    /**
     * @param connections creates a connection that backends can reach
     * @param clock the wall clock, for times in events and responses
     * @param steady measures the lifetime of connections
     */
    HandshakeAdmission(
            @Nullable Authorizer authorizer,
            LambdaIntegration integration,
            Function<ConnectionFacts, GatewayConnection> connections,
            ConnectionIds ids,
            InstantSource clock,
            InstantSource steady) {
        this.authorizer = authorizer;
        this.integration = integration;
        this.connections = connections;
        this.ids = ids;
        this.clock = clock;
        this.steady = steady;
    }

    Decision decide(Handshake handshake) {
        if (!handshake.isOfVersion()) {
            return new Decision.Refused(HandshakeRefusal.OTHER_VERSION);
        }
        if (!handshake.isWellFormed()) {
            return new Decision.Refused(HandshakeRefusal.MALFORMED);
        }
        ConnectionFacts facts = factsOf(handshake);
        if (authorizer == null) {
            return connect(facts, handshake);
        }
        return switch (authorizer.authorize(facts, handshake)) {
            case Authorization.Allowed(var context) ->
                    connect(facts.authorizedAs(context), handshake);
            case Authorization.Refused(HandshakeRefusal refusal) -> new Decision.Refused(refusal);
        };
    }

    private Decision connect(ConnectionFacts facts, Handshake handshake) {
        return switch (integration.connect(facts, handshake)) {
            case Connect.Accepted(Optional<String> subprotocol) ->
                    new Decision.Admitted(connections.apply(facts), subprotocol);
            case Connect.Refused(HandshakeRefusal refusal) -> new Decision.Refused(refusal);
        };
    }

    private ConnectionFacts factsOf(Handshake handshake) {
        return new ConnectionFacts(
                ids.next(),
                clock.instant(),
                steady.instant(),
                handshake.sourceIp(),
                handshake.userAgent(),
                handshake.header("Host").orElse(""),
                null);
    }
}
