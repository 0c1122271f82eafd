package dev.statuswire.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NotifierSettingsTest {

    @Test
    void unset_variables_have_defaults() {
        NotifierSettings settings = from(Map.of());

        assertThat(settings.maxConnections()).isEqualTo(1000);
        assertThat(settings.connectionsTable()).isEqualTo("statuswire-connections");
        assertThat(settings.dynamoDb()).isEmpty();
    }

    @Test
    void variables_replace_the_defaults() {
        NotifierSettings settings =
                from(
                        Map.of(
                                "STATUSWIRE_MAX_CONNECTIONS", "7",
                                "STATUSWIRE_CONNECTIONS_ENDPOINT", "https://a.example/live"));

        assertThat(settings.maxConnections()).isEqualTo(7);
        assertThat(settings.requiredGateway()).isEqualTo(URI.create("https://a.example/live"));
    }

    @Test
    void a_maximum_of_no_connections_is_refused() {
        assertThatThrownBy(() -> from(Map.of("STATUSWIRE_MAX_CONNECTIONS", "0")))
                .hasMessage("STATUSWIRE_MAX_CONNECTIONS must be at least 1: 0");
    }

    @Test
    void a_missing_gateway_is_reported_with_its_variable() {
        assertThatThrownBy(() -> from(Map.of()).requiredGateway())
                .hasMessageStartingWith("STATUSWIRE_CONNECTIONS_ENDPOINT is not set");
    }

    private static NotifierSettings from(Map<String, String> variables) {
        return NotifierSettings.from(new Environment(variables));
    }
}
