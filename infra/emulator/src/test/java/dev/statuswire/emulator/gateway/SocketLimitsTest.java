package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.gateway.SocketBytes.Frame;
import dev.statuswire.emulator.time.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketLimitsTest {

    private static final int KIB = 1024;

    private final RecordingRoutes routes = new RecordingRoutes();
    private final ManualClock clock = new ManualClock();

    @Test
    void a_long_message_is_sent_in_frames_of_at_most_32_kib() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = RawClient.open(running.port(), 0)) {
            String message = "€".repeat(40 * KIB);
            running.push(routes.firstConnectionId(), message);

            List<Frame> frames = new ArrayList<>();
            do {
                frames.add(client.read());
            } while (!frames.getLast().last());
            assertThat(frames).hasSize(4).allMatch(frame -> frame.bytes() <= 32 * KIB);
            assertThat(String.join("", frames.stream().map(Frame::text).toList()))
                    .isEqualTo(message);
        }
    }

    @Test
    void a_message_of_128_kib_in_frames_of_32_kib_is_accepted() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = RawClient.open(running.port(), 0)) {
            client.send(SocketBytes.TEXT, false, text(32 * KIB));
            client.send(0, false, text(32 * KIB));
            client.send(0, false, text(32 * KIB));
            client.send(0, true, text(32 * KIB));
            assertThat(routes.first("$default").getBody()).hasSize(128 * KIB);
        }
    }

    @Test
    void a_frame_over_32_kib_closes_the_connection_with_1009() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = RawClient.open(running.port(), 0)) {
            client.send(SocketBytes.TEXT, true, text(32 * KIB + 1));
            assertThat(client.read().closeCode()).isEqualTo(1009);
            routes.first("$disconnect");
            assertThat(routes.of("$default")).isEmpty();
        }
    }

    @Test
    void a_message_over_128_kib_closes_the_connection_with_1009() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = RawClient.open(running.port(), 0)) {
            client.send(SocketBytes.TEXT, false, text(32 * KIB));
            for (int i = 0; i < 3; i++) {
                client.send(0, false, text(32 * KIB));
            }
            client.send(0, true, text(1));
            assertThat(client.read().closeCode()).isEqualTo(1009);
            routes.first("$disconnect");
            assertThat(routes.of("$default")).isEmpty();
        }
    }

    @Test
    void a_binary_frame_closes_the_connection_with_1003() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            var _ = client.socket().sendBinary(ByteBuffer.wrap(text(10)), true).join();
            assertThat(client.closed().code()).isEqualTo(1003);
            routes.first("$disconnect");
        }
    }

    @Test
    void an_idle_connection_is_closed_with_1001() {
        try (RunningGateway running = RunningGateway.with(routes, fastSweeps(), clock)) {
            TestClient client = running.connect();
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.closed()).isEqualTo(new TestClient.Closed(1001, "Going away"));
            routes.first("$disconnect");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void setting_the_wall_clock_does_not_affect_idle_timeouts(int hours) {
        var wall = new ManualClock();
        try (RunningGateway running =
                RunningGateway.with(routes, null, fastSweeps(), wall, clock)) {
            TestClient active = running.connect();
            String id = routes.firstConnectionId();
            TestClient idle = running.connect();
            clock.advance(Duration.ofMillis(600));
            running.push(id, "hello");
            wall.advance(Duration.ofHours(hours));
            clock.advance(Duration.ofMillis(400));
            assertThat(idle.closed()).isEqualTo(new TestClient.Closed(1001, "Going away"));

            running.push(id, "still here");
            assertThat(active.message(1)).isEqualTo("still here");
            assertThat(running.management.getConnection(get -> get.connectionId(id)).lastActiveAt())
                    .as("by the wall clock")
                    .isEqualTo(wall.instant());
            clock.advance(Duration.ofSeconds(1));
            assertThat(active.closed().code()).isEqualTo(1001);
        }
    }

    @Test
    void a_message_in_either_direction_counts_as_activity_but_a_websocket_ping_does_not() {
        routes.on("ping", event -> RecordingRoutes.answer(200, "pong"));
        try (RunningGateway running = RunningGateway.with(routes, fastSweeps(), clock)) {
            TestClient client = running.connect();
            clock.advance(Duration.ofMillis(900));
            running.push(routes.firstConnectionId(), "hello");
            clock.advance(Duration.ofMillis(900));
            client.send("{\"action\":\"ping\"}");
            assertThat(client.message(1)).isEqualTo("pong");
            clock.advance(Duration.ofMillis(900));
            client.ping("x");
            assertThat(running.gateway.openConnections()).isEqualTo(1);
            clock.advance(Duration.ofMillis(100));
            assertThat(client.closed().code()).isEqualTo(1001);
        }
    }

    @Test
    void even_an_active_connection_is_closed_with_1001_after_its_lifetime() {
        try (RunningGateway running = RunningGateway.with(routes, fastSweeps(), clock)) {
            TestClient client = running.connect();
            for (int i = 0; i < 10; i++) {
                clock.advance(Duration.ofMillis(999));
                running.push(routes.firstConnectionId(), "busy");
            }
            clock.advance(Duration.ofMillis(10));
            assertThat(client.closed().code()).isEqualTo(1001);
            assertThat(client.messages).hasSize(10);
        }
    }

    @Test
    void a_client_that_does_not_respond_to_a_close_frame_is_disconnected() {
        try (RunningGateway running = RunningGateway.with(routes, fastSweeps(), clock);
                RawClient client = RawClient.open(running.port(), 0)) {
            running.delete(routes.firstConnectionId());
            assertThat(client.read().closeCode()).isEqualTo(1000);
            assertThat(routes.of("$disconnect")).isEmpty();
            clock.advance(Duration.ofSeconds(2));
            routes.first("$disconnect");
            assertThat(client.endsWithin(5_000)).isTrue();
        }
    }

    /** An idle timeout of 1 s and a lifetime of 10 s by the test's clock; swept every 100 ms. */
    private static GatewayLimits fastSweeps() {
        return new GatewayLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(29),
                Duration.ofSeconds(2),
                32 * KIB,
                128 * KIB,
                512 * KIB);
    }

    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }
}
