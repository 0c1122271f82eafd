package dev.statuswire.emulator.gateway;

/**
 * Why the gateway closes a socket.
 *
 * @param code of RFC 6455, section 7.4.1
 * @param text at most 123 bytes of UTF-8
 */
record CloseReason(int code, String text) {

    /**
     * The lifetime or the idle time is over, or the gateway stops. That it is 1001 is what clients
     * of AWS see; no page of AWS says it.
     */
    static final CloseReason GOING_AWAY = new CloseReason(1001, "Going away");

    /** A backend deleted the connection. What AWS sends is not documented. */
    static final CloseReason DELETED = new CloseReason(1000, "Connection Closed Normally");

    /**
     * A binary frame came.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html">Binary
     *     media types for WebSocket APIs</a>
     */
    static final CloseReason NOT_TEXT = new CloseReason(1003, "Binary is not supported");
}
