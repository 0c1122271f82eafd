package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

    private static final GatewayLimits AWS = GatewayLimits.ofAws();

    @Test
    void limits_of_aws_are_those_of_its_quota_page() {
        assertThat(AWS.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(AWS.idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(AWS.integrationTimeout()).isEqualTo(Duration.ofSeconds(29));
        assertThat(AWS.frameBytes()).isEqualTo(32 * 1024);
        assertThat(AWS.messageBytes()).isEqualTo(128 * 1024);
    }

    @Test
    void values_outside_their_range_are_refused() {
        assertThatThrownBy(() -> new GatewaySettings("live", "local", Set.of(), Set.of(), 0, AWS))
                .hasMessageContaining("path");
        assertThatThrownBy(() -> new GatewaySettings("/live", "a/b", Set.of(), Set.of(), 0, AWS))
                .hasMessageContaining("stage");
        assertThatThrownBy(
                        () -> new GatewaySettings("/live", "local", Set.of("$x"), Set.of(), 0, AWS))
                .hasMessageContaining("$x");
        assertThatThrownBy(
                        () ->
                                new GatewaySettings(
                                        "/live", "local", Set.of(), Set.of("ticket"), 0, AWS))
                .hasMessageContaining("identity source");
        assertThatThrownBy(
                        () ->
                                new GatewayLimits(
                                        Duration.ZERO,
                                        Duration.ofMinutes(10),
                                        Duration.ofSeconds(29),
                                        Duration.ofSeconds(2),
                                        4,
                                        4,
                                        100))
                .hasMessageContaining("lifetime");
    }
}
