package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyConnectionsTest {

    @Test
    void idle_connections_use_no_threads() {
        int many = Boolean.getBoolean("statuswire.long") ? 1_000 : 250;
        RecordingRoutes routes = new RecordingRoutes();
        List<RawClient> clients = new ArrayList<>();
        try (RunningGateway running = RunningGateway.with(routes)) {
            clients.add(RawClient.open(running.port(), 0));
            int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
            for (int i = 1; i < many; i++) {
                clients.add(RawClient.open(running.port(), 0));
            }
            int threadsAfter = ManagementFactory.getThreadMXBean().getThreadCount();

            assertThat(running.gateway.openConnections()).isEqualTo(many);
            assertThat(threadsAfter - threadsBefore).isLessThan(50);
            running.push(routes.firstConnectionId(), "still there");
            assertThat(clients.getFirst().read().text()).isEqualTo("still there");
        } finally {
            clients.forEach(RawClient::close);
        }
    }
}
