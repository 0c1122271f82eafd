package dev.statuswire.emulator.gateway;

import java.time.Duration;

/**
 * What a WebSocket API allows, and how patient the gateway is.
 *
 * @param lifetime how long a connection may live; positive
 * @param idle how long neither side may send a message; positive
 * @param integrationTimeout how long a handler may take to answer; positive
 * @param closeGrace how long a client has to answer a close, and a new connection to open; positive
 * @param frameBytes the longest WebSocket frame, in bytes of payload; at least 4, so that any
 *     character fits
 * @param messageBytes the longest message, in bytes of UTF-8; not less than a frame
 * @param outboundBytes what may wait to be sent on one connection, in bytes; room for at least one
 *     message
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
     * What an undelivered message costs beyond its text, in bytes: so that many tiny ones count.
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
     * The quotas of AWS. What AWS buffers for a slow client is not documented; here it is 512 KiB.
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
