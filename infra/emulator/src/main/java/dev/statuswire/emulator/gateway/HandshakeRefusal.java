package dev.statuswire.emulator.gateway;

/**
 * The answer to a handshake that does not become a connection.
 *
 * @param status of HTTP
 * @param message for a person; empty if the body is to stay empty
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
record HandshakeRefusal(int status, String message) {

    /** It is no WebSocket handshake. */
    static final HandshakeRefusal MALFORMED = new HandshakeRefusal(400, "Bad Request");

    /**
     * It is a handshake of another version than the one that there is, or none.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.4">RFC 6455, section 4.4</a>
     */
    static final HandshakeRefusal OTHER_VERSION = new HandshakeRefusal(426, "Upgrade Required");

    /** {@code UNAUTHORIZED}. */
    static final HandshakeRefusal UNAUTHORIZED = new HandshakeRefusal(401, "Unauthorized");

    /** {@code ACCESS_DENIED}. */
    static final HandshakeRefusal DENIED =
            new HandshakeRefusal(403, "User is not authorized to access this resource");

    /** {@code AUTHORIZER_FAILURE} or {@code AUTHORIZER_CONFIGURATION_ERROR}. */
    static final HandshakeRefusal AUTHORIZER_FAILED =
            new HandshakeRefusal(500, "Internal server error");

    /**
     * The handler threw, or its output is none of a proxy integration.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
     *     proxy integrations: "a 502 Bad Gateway error response"</a>
     */
    static final HandshakeRefusal BAD_GATEWAY = new HandshakeRefusal(502, "Internal server error");

    /** The gateway stops. */
    static final HandshakeRefusal STOPPING = new HandshakeRefusal(503, "Service Unavailable");

    /** {@code INTEGRATION_TIMEOUT}. */
    static final HandshakeRefusal TIMED_OUT =
            new HandshakeRefusal(504, "Endpoint request timed out");

    /** {@code $connect} answered something else than 2xx: the client gets its status. */
    static HandshakeRefusal byHandler(int status) {
        return new HandshakeRefusal(status, "");
    }
}
