package dev.statuswire.emulator.gateway;

import java.util.Map;

/** What became of asking the authorizer. */
sealed interface Authorization {

    /**
     * The handshake goes on to {@code $connect}.
     *
     * @param context what every event of the connection carries as {@code
     *     requestContext.authorizer}
     */
    record Allowed(Map<String, Object> context) implements Authorization {}

    /** The handshake is answered with this status. */
    record Refused(Refusal refusal) implements Authorization {}
}
