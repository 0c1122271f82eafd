package dev.statuswire.emulator.gateway;

/**
 * One WebSocket API.
 *
 * @param path where clients open their sockets, such as {@code /live}; begins with a slash
 * @param stage the stage's name, which is also the prefix of the {@code @connections} paths
 * @param connectionsPort the loopback port of the {@code @connections} side; 0 takes a free one
 * @param limits sizes and durations
 */
public record GatewaySettings(
        String path, String stage, int connectionsPort, GatewayLimits limits) {

    private static final String STAGE_PATTERN = "[A-Za-z0-9_-]{1,128}";

    /**
     * Checks the forms.
     *
     * @throws IllegalArgumentException if a value is not of its form
     */
    public GatewaySettings {
        require(path.startsWith("/"), "path must begin with a slash: " + path);
        require(stage.matches(STAGE_PATTERN), "stage must match " + STAGE_PATTERN + ": " + stage);
        require(connectionsPort >= 0 && connectionsPort <= 65_535, "connectionsPort: 0..65535");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
