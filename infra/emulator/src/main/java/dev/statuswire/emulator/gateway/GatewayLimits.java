package dev.statuswire.emulator.gateway;

import java.time.Duration;

/**
 * The quotas and timeouts of a WebSocket API.
 *
 * @param lifetime the maximum duration of a connection; positive
 * @param idle the idle timeout: how long no side may send a message; positive
 * @param integrationTimeout how long a handler may take to respond; positive
 * @param closeGrace how long a client may take to respond to a close frame, and an accepted
 *     connection to open; positive
 * @param frameBytes the maximum payload of a WebSocket frame, in bytes; at least 4, so that any
 *     character fits
 * @param messageBytes the maximum size of a message, in bytes of UTF-8; not less than a frame
 * @param outboundBytes the size of a connection's outbound buffer, in bytes; must have room for at
 *     least one message
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
 *     for configuring and running a WebSocket API</a>
 */
public record GatewayLimits(
        Duration lifetime,
        Duration idle,
        Duration integrationTimeout,
        Duration closeGrace,
        int frameBytes,
        int messageBytes,
        int outboundBytes) {

    /**
     * The bytes counted for each undelivered message in addition to its text, so that many tiny
     * messages also fill a buffer.
     */
    static final int MESSAGE_OVERHEAD = 64;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public GatewayLimits {
        requirePositive("lifetime", lifetime);
        requirePositive("idle", idle);
        requirePositive("integrationTimeout", integrationTimeout);
        requirePositive("closeGrace", closeGrace);
        require(frameBytes >= 4, "frameBytes must be at least 4");
        require(messageBytes >= frameBytes, "messageBytes must not be less than frameBytes");
        require(
                outboundBytes >= messageBytes + MESSAGE_OVERHEAD,
                "outboundBytes must have room for one message");
    }

    /**
     * Returns the quotas of AWS. AWS does not document how much it buffers for a slow client; the
     * emulator buffers 512 KiB.
     */
    public static GatewayLimits ofAws() {
        return new GatewayLimits(
                Duration.ofHours(2),
                Duration.ofMinutes(10),
                Duration.ofSeconds(29),
                Duration.ofSeconds(2),
                32 * 1024,
                128 * 1024,
                512 * 1024);
    }

    private static void requirePositive(String name, Duration value) {
        require(value.isPositive(), name + " must be positive");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
