package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

    private static final GatewayLimits AWS = GatewayLimits.ofAws();

    private static final RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>
            ROUTES = (_, _) -> new APIGatewayV2WebSocketResponse();

    @Test
    void the_default_limits_are_the_documented_quotas() {
        assertThat(AWS.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(AWS.idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(AWS.integrationTimeout()).isEqualTo(Duration.ofSeconds(29));
        assertThat(AWS.frameBytes()).isEqualTo(32 * 1024);
        assertThat(AWS.messageBytes()).isEqualTo(128 * 1024);
    }

    @Test
    void invalid_values_are_rejected() {
        assertThatThrownBy(() -> new GatewaySettings("live", "local", 0, AWS))
                .hasMessageContaining("path");
        assertThatThrownBy(() -> new GatewaySettings("/live", "a/b", 0, AWS))
                .hasMessageContaining("stage");
        assertThatThrownBy(() -> new GatewayHandlers(ROUTES, Set.of("$x"), null, Set.of()))
                .hasMessageContaining("$x");
        assertThatThrownBy(() -> new GatewayHandlers(ROUTES, Set.of(), null, Set.of("ticket")))
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
