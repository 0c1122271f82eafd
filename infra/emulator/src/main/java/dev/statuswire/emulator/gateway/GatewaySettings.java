package dev.statuswire.emulator.gateway;

/**
 * The settings of one WebSocket API.
 *
 * @param path the path at which clients open their sockets, such as {@code /live}; starts with a
 *     slash
 * @param stage the stage's name, which is also the prefix of the {@code @connections} paths
 * @param connectionsPort the loopback port of the {@code @connections} API; 0 selects a free one
 * @param limits sizes and durations
 */
public record GatewaySettings(
        String path, String stage, int connectionsPort, GatewayLimits limits) {

    private static final String STAGE_PATTERN = "[A-Za-z0-9_-]{1,128}";

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    public GatewaySettings {
        require(path.startsWith("/"), "path must start with a slash: " + path);
        require(stage.matches(STAGE_PATTERN), "stage must match " + STAGE_PATTERN + ": " + stage);
        require(
                connectionsPort >= 0 && connectionsPort <= 65_535,
                "connectionsPort must be 0 to 65535");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
