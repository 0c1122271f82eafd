package dev.statuswire.emulator.gateway;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Generates ids in the form that API Gateway gives to connections, messages and requests, such as
 * {@code R0oXAdfD0kwCH6w=}. On AWS, the equals sign must be URL-encoded in a path. An id has 88
 * random bits, so that it cannot be guessed. Thread-safe if the random generator is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     {@code @connections} commands in your backend service</a>
 */
final class ConnectionIds {

    private static final int BYTES = 11;

    private final RandomGenerator random;

    ConnectionIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
