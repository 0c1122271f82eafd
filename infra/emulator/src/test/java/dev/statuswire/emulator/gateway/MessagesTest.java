package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private final RecordingRoutes routes = new RecordingRoutes();

    @Test
    void a_message_goes_to_the_route_named_by_its_action() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            client.send("{\"action\":\"ping\"}");

            APIGatewayV2WebSocketEvent event = routes.first("ping");
            assertThat(event.getBody()).isEqualTo("{\"action\":\"ping\"}");
            assertThat(event.isIsBase64Encoded()).isFalse();
            assertThat(event.getHeaders()).isNull();
            assertThat(event.getQueryStringParameters()).isNull();
            var context = event.getRequestContext();
            assertThat(context.getEventType()).isEqualTo("MESSAGE");
            assertThat(context.getMessageId()).isNotEmpty();
            assertThat(context.getConnectionId()).isEqualTo(routes.firstConnectionId());
            assertThat(context.getConnectedAt())
                    .isEqualTo(routes.first("$connect").getRequestContext().getConnectedAt());
        }
    }

    @Test
    void the_reply_of_a_handler_goes_to_its_client_as_one_message() {
        routes.on("ping", event -> RecordingRoutes.answer(200, "{\"type\":\"pong\"}"));
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            TestClient other = running.connect();
            client.send("{\"action\":\"subscribe\"}");
            client.send("{\"action\":\"ping\"}");

            assertThat(client.message(0)).isEqualTo("{\"type\":\"pong\"}");
            assertThat(other.messages).isEmpty();
        }
    }

    @Test
    void a_handler_that_throws_or_returns_500_results_in_an_error_frame() throws Exception {
        routes.on(
                        "ping",
                        event -> {
                            throw new IllegalStateException("broken");
                        })
                .on("subscribe", event -> RecordingRoutes.answer(500, "own message"))
                .on("$default", event -> RecordingRoutes.answer(400, "still here"));
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            client.send("{\"action\":\"ping\"}");
            client.send("{\"action\":\"subscribe\"}");
            client.send("anything");

            JsonNode frame = new ObjectMapper().readTree(client.message(0));
            assertThat(frame.get("message").asText()).isEqualTo("Internal server error");
            assertThat(frame.get("connectionId").asText()).isEqualTo(routes.firstConnectionId());
            assertThat(frame.get("requestId").asText())
                    .isEqualTo(routes.first("ping").getRequestContext().getRequestId());
            assertThat(client.message(1))
                    .contains("Internal server error")
                    .doesNotContain("own message");
            assertThat(client.message(2)).isEqualTo("still here");
        }
    }

    @Test
    void a_handler_that_takes_too_long_results_in_an_error_frame() {
        CountDownLatch never = new CountDownLatch(1);
        routes.on(
                "ping",
                event -> {
                    try {
                        never.await();
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    }
                    return RecordingRoutes.answer(200, "late");
                });
        GatewayLimits shortTimeout =
                new GatewayLimits(
                        Duration.ofHours(2),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        32 * 1024,
                        128 * 1024,
                        512 * 1024);
        try (RunningGateway running =
                RunningGateway.with(routes, shortTimeout, EmulatorTime.STEADY)) {
            TestClient client = running.connect();
            client.send("{\"action\":\"ping\"}");
            assertThat(client.message(0)).contains("Endpoint request timed out");
            never.countDown();
        }
    }

    @Test
    void messages_of_one_client_are_handled_in_order_even_over_the_limit() {
        CountDownLatch start = new CountDownLatch(1);
        routes.on(
                "$default",
                event -> {
                    try {
                        start.await();
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    }
                    return RecordingRoutes.answer(200, "");
                });
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            String padding = "x".repeat(2_000);
            List<String> sent = IntStream.range(0, 200).mapToObj(i -> i + padding).toList();
            Thread sender = Thread.ofVirtual().start(() -> sent.forEach(client::send));
            routes.first("$default");
            start.countDown();
            Await.until("all handled", () -> routes.of("$default").size() == sent.size());
            assertThat(routes.bodies("$default")).isEqualTo(sent);
            Await.until("sender done", () -> !sender.isAlive());
        }
    }

    @Test
    void a_slow_handler_of_one_client_does_not_delay_other_clients() {
        CountDownLatch never = new CountDownLatch(1);
        routes.on(
                        "subscribe",
                        event -> {
                            try {
                                never.await();
                            } catch (InterruptedException stopping) {
                                Thread.currentThread().interrupt();
                            }
                            return RecordingRoutes.answer(200, "");
                        })
                .on("ping", event -> RecordingRoutes.answer(200, "pong"));
        try (RunningGateway running = RunningGateway.with(routes)) {
            running.connect().send("{\"action\":\"subscribe\"}");
            routes.first("subscribe");
            TestClient other = running.connect();
            other.send("{\"action\":\"ping\"}");
            assertThat(other.message(0)).isEqualTo("pong");
            never.countDown();
        }
    }

    @Test
    void the_gateway_responds_to_a_websocket_ping_without_calling_a_handler() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            assertThat(client.ping("are you there")).isEqualTo("are you there");
            assertThat(routes.of("$default")).isEmpty();
        }
    }

    @Test
    void disconnect_is_called_once_regardless_of_which_side_closes() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient closing = running.connect();
            var _ = closing.socket().sendClose(1000, "bye").join();
            assertThat(closing.closed().code()).isEqualTo(1000);
            TestClient aborted = running.connect();
            aborted.socket().abort();
            TestClient deleted = running.connect();
            running.delete(routes.of("$connect").get(2).getRequestContext().getConnectionId());
            deleted.closed();

            Await.until("three calls of $disconnect", () -> routes.of("$disconnect").size() == 3);
            assertThat(routes.of("$disconnect"))
                    .extracting(event -> event.getRequestContext().getConnectionId())
                    .doesNotHaveDuplicates();
            assertThat(routes.first("$disconnect").getRequestContext().getEventType())
                    .isEqualTo("DISCONNECT");
            assertThat(running.gateway.openConnections()).isZero();
        }
    }
}
