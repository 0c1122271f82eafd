package dev.statuswire.emulator.gateway;

import java.nio.charset.StandardCharsets;

/**
 * What API Gateway itself sends to a client whose message could not be handled. The connection
 * stays open. Ids need no escaping: {@link ConnectionIds}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html">Invoke
 *     your backend integration</a>, which shows a frame of this form
 */
final class ErrorFrame {

    private ErrorFrame() {}

    static byte[] internal(String connectionId, String requestId) {
        return frame("Internal server error", connectionId, requestId);
    }

    static byte[] timedOut(String connectionId, String requestId) {
        return frame("Endpoint request timed out", connectionId, requestId);
    }

    private static byte[] frame(String message, String connectionId, String requestId) {
        return "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                .formatted(message, connectionId, requestId)
                .getBytes(StandardCharsets.UTF_8);
    }
}
