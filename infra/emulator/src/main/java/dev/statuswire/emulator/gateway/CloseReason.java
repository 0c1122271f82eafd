package dev.statuswire.emulator.gateway;

/**
 * The code and text with which the gateway closes a socket.
 *
 * @param code a status code of RFC 6455, section 7.4.1
 * @param text at most 123 bytes of UTF-8
 */
record CloseReason(int code, String text) {

    /**
     * The connection reached its maximum lifetime or idle time, or the gateway is stopping. Clients
     * of AWS get 1001, but no AWS page documents it.
     */
    static final CloseReason GOING_AWAY = new CloseReason(1001, "Going away");

    /** A backend deleted the connection. AWS does not document the code that it sends. */
    static final CloseReason DELETED = new CloseReason(1000, "Connection Closed Normally");

    /**
     * The client sent a binary frame.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html">Binary
     *     media types for WebSocket APIs</a>
     */
    static final CloseReason NOT_TEXT = new CloseReason(1003, "Binary is not supported");
}
