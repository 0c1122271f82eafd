package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private final RecordingRoutes routes = new RecordingRoutes();

    @Test
    void every_client_is_closed_with_1001_and_disconnect_is_called() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            List<TestClient> clients =
                    IntStream.range(0, 10).mapToObj(i -> running.connect()).toList();
            running.gateway.close();
            assertThat(clients).allMatch(client -> client.closed().code() == 1001);
            assertThat(routes.of("$disconnect")).hasSize(10);
            assertThat(running.gateway.openConnections()).isZero();
        }
    }

    @Test
    void a_closed_gateway_refuses_new_connections_and_can_be_closed_again() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            running.gateway.close();
            running.gateway.close();
            assertThatThrownBy(running::connect).hasMessageContaining("WebSocketHandshake");
            assertThat(routes.of("$connect")).isEmpty();
        }
    }
}
