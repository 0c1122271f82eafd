package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.Authorizer.Authorization;
import dev.statuswire.emulator.gateway.LambdaIntegration.Connect;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a handshake: first the authorizer, if there is one, then {@code $connect}.
 * Thread-safe; blocks while these run.
 */
final class HandshakeAdmission {

    /** What becomes of a handshake. */
    sealed interface Verdict {

        /** Backends can reach the connection from now on. */
        record Admitted(GatewayConnection connection, Optional<String> subprotocol)
                implements Verdict {}

        record Refused(HandshakeRefusal refusal) implements Verdict {}
    }

    private final @Nullable Authorizer authorizer;
    private final LambdaIntegration integration;
    private final Function<ConnectionFacts, GatewayConnection> connections;
    private final ConnectionIds ids;
    private final InstantSource clock;
    private final InstantSource steady;

    /**
     * @param connections makes a connection that backends can reach
     * @param clock the wall clock, which is shown
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

    Verdict decide(Handshake handshake) {
        if (!handshake.isOfVersion()) {
            return new Verdict.Refused(HandshakeRefusal.OTHER_VERSION);
        }
        if (!handshake.isWellFormed()) {
            return new Verdict.Refused(HandshakeRefusal.MALFORMED);
        }
        ConnectionFacts facts = factsOf(handshake);
        if (authorizer == null) {
            return connect(facts, handshake);
        }
        return switch (authorizer.authorize(facts, handshake)) {
            case Authorization.Allowed(var context) ->
                    connect(facts.authorizedAs(context), handshake);
            case Authorization.Refused(HandshakeRefusal refusal) -> new Verdict.Refused(refusal);
        };
    }

    private Verdict connect(ConnectionFacts facts, Handshake handshake) {
        return switch (integration.connect(facts, handshake)) {
            case Connect.Accepted(Optional<String> subprotocol) ->
                    new Verdict.Admitted(connections.apply(facts), subprotocol);
            case Connect.Refused(HandshakeRefusal refusal) -> new Verdict.Refused(refusal);
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
