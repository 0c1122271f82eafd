package dev.statuswire.emulator.gateway;

/**
 * The response to a refused handshake.
 *
 * @param status the HTTP status
 * @param message the message in the body; empty for an empty body
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
record HandshakeRefusal(int status, String message) {

    /** The request is not a WebSocket handshake. */
    static final HandshakeRefusal MALFORMED = new HandshakeRefusal(400, "Bad Request");

    /**
     * The handshake has an unsupported version, or none.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.4">RFC 6455, section 4.4</a>
     */
    static final HandshakeRefusal OTHER_VERSION = new HandshakeRefusal(426, "Upgrade Required");

    /** The gateway response {@code UNAUTHORIZED}. */
    static final HandshakeRefusal UNAUTHORIZED = new HandshakeRefusal(401, "Unauthorized");

    /** The gateway response {@code ACCESS_DENIED}. */
    static final HandshakeRefusal DENIED =
            new HandshakeRefusal(403, "User is not authorized to access this resource");

    /**
     * The gateway response {@code AUTHORIZER_FAILURE} or {@code AUTHORIZER_CONFIGURATION_ERROR}.
     */
    static final HandshakeRefusal AUTHORIZER_FAILED =
            new HandshakeRefusal(500, "Internal server error");

    /**
     * The handler threw an exception, or did not return a valid proxy response.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
     *     proxy integrations: "a 502 Bad Gateway error response"</a>
     */
    static final HandshakeRefusal BAD_GATEWAY = new HandshakeRefusal(502, "Internal server error");

    /** The gateway is stopping. */
    static final HandshakeRefusal STOPPING = new HandshakeRefusal(503, "Service Unavailable");

    /** The gateway response {@code INTEGRATION_TIMEOUT}. */
    static final HandshakeRefusal TIMED_OUT =
            new HandshakeRefusal(504, "Endpoint request timed out");

    /** Returns the response if {@code $connect} returned a status other than 2xx: that status. */
    static HandshakeRefusal byHandler(int status) {
        return new HandshakeRefusal(status, "");
    }
}
