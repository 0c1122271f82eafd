package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;

class SlowClientTest {

    private static final String LARGE = "x".repeat(100 * 1024);

    private final RecordingRoutes routes = new RecordingRoutes();

    /** Pushes until the buffer is full. The kernel buffers an unknown amount before that. */
    private static int fill(RunningGateway running, String connectionId) {
        for (int pushed = 0; pushed < 1_000; pushed++) {
            try {
                running.push(connectionId, LARGE);
            } catch (LimitExceededException full) {
                return pushed;
            }
        }
        throw new AssertionError("accepted 100 MB for a client that does not read");
    }

    @Test
    void a_push_to_a_client_that_stops_reading_gets_429_and_other_clients_get_everything() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient stuck = RawClient.open(running.port(), 4096)) {
            String stuckId = routes.firstConnectionId();
            List<TestClient> good =
                    IntStream.range(0, 20).mapToObj(i -> running.connect()).toList();
            List<String> ids =
                    routes.of("$connect").stream()
                            .skip(1)
                            .map(event -> event.getRequestContext().getConnectionId())
                            .toList();
            fill(running, stuckId);

            for (int round = 0; round < 10; round++) {
                fill(running, stuckId);
                for (String id : ids) {
                    running.push(id, LARGE);
                }
            }
            for (TestClient client : good) {
                Await.until("all messages", () -> client.messages.size() == 10);
            }
            assertThat(stuck.read().bytes()).isEqualTo(32 * 1024);
        }
    }

    @Test
    void a_stuck_connection_is_deleted_at_once() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient stuck = RawClient.open(running.port(), 4096)) {
            String id = routes.firstConnectionId();
            fill(running, id);
            running.delete(id);
            assertThatThrownBy(() -> running.push(id, "hello")).isInstanceOf(GoneException.class);
            assertThat(routes.first("$disconnect").getRequestContext().getConnectionId())
                    .isEqualTo(id);
            assertThat(stuck.endsWithin(5_000)).isTrue();
        }
    }

    @Test
    void a_client_that_reads_again_gets_the_accepted_messages_and_new_ones() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = RawClient.open(running.port(), 4096)) {
            String id = routes.firstConnectionId();
            int accepted = fill(running, id);
            for (int message = 0; message < accepted; message++) {
                StringBuilder text = new StringBuilder();
                SocketBytes.Frame frame;
                do {
                    frame = client.read();
                    text.append(frame.text());
                } while (!frame.last());
                assertThat(text.toString()).isEqualTo(LARGE);
            }
            running.push(id, "welcome back");
            assertThat(client.read().text()).isEqualTo("welcome back");
        }
    }

    @Test
    void a_stuck_client_that_sends_a_close_frame_but_does_not_read_is_disconnected() {
        ManualClock clock = new ManualClock();
        try (RunningGateway running =
                        RunningGateway.with(routes, RunningGateway.AWS_LIMITS, clock);
                RawClient stuck = RawClient.open(running.port(), 4096)) {
            fill(running, routes.firstConnectionId());
            stuck.send(SocketBytes.CLOSE, true, new byte[] {0x03, (byte) 0xE8});
            routes.first("$disconnect");
            assertThat(running.gateway.openConnections()).isZero();
            clock.advance(Duration.ofSeconds(2));
            assertThat(stuck.isCutOff()).isTrue();
        }
    }

    @Test
    void the_gateway_closes_even_if_a_client_is_stuck() {
        RunningGateway running = RunningGateway.with(routes);
        try (RawClient stuck = RawClient.open(running.port(), 4096)) {
            fill(running, routes.firstConnectionId());
            TestClient good = running.connect();
            running.close();
            assertThat(good.closed().code()).isEqualTo(1001);
            assertThat(stuck.endsWithin(5_000)).isTrue();
            assertThat(routes.of("$disconnect")).hasSize(2);
        }
    }
}
