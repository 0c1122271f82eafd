package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.emulator.time.Await;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

class ConnectionsApiTest {

    private final RecordingRoutes routes = new RecordingRoutes();

    @Test
    void posted_messages_arrive_in_order() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            List<String> sent = IntStream.range(0, 50).mapToObj(i -> "message ä " + i).toList();
            sent.forEach(message -> running.push(routes.firstConnectionId(), message));
            assertThat(client.message(49)).isEqualTo("message ä 49");
            assertThat(client.messages).isEqualTo(sent);
        }
    }

    @Test
    void the_stage_in_the_path_is_optional_but_another_stage_is_rejected() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            URI endpoint = running.gateway.connectionsEndpoint();
            try (var withoutStage = RunningGateway.client(endpoint.resolve("/"));
                    var other = RunningGateway.client(endpoint.resolve("/prod"))) {
                withoutStage.postToConnection(
                        request ->
                                request.connectionId(routes.firstConnectionId())
                                        .data(SdkBytes.fromUtf8String("hello")));
                assertThat(client.message(0)).isEqualTo("hello");
                assertThatThrownBy(
                                () ->
                                        other.getConnection(
                                                request ->
                                                        request.connectionId(
                                                                routes.firstConnectionId())))
                        .hasMessageContaining("403");
            }
        }
    }

    @Test
    void a_message_of_128_kib_is_sent_and_one_byte_more_gets_413() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            String largest = "x".repeat(128 * 1024);
            running.push(routes.firstConnectionId(), largest);
            assertThat(client.message(0)).isEqualTo(largest);
            assertThatThrownBy(() -> running.push(routes.firstConnectionId(), largest + "x"))
                    .isInstanceOf(PayloadTooLargeException.class);
        }
    }

    @Test
    void an_unknown_or_closed_connection_is_gone() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            assertThatThrownBy(() -> running.push("AAAAAAAAAAAAAAA=", "hello"))
                    .isInstanceOf(GoneException.class);

            TestClient client = running.connect();
            client.socket().abort();
            Await.until("closed", () -> running.gateway.openConnections() == 0);
            String id = routes.firstConnectionId();
            assertThatThrownBy(() -> running.push(id, "hello")).isInstanceOf(GoneException.class);
            assertThatThrownBy(() -> running.delete(id)).isInstanceOf(GoneException.class);
            assertThatThrownBy(() -> running.management.getConnection(get -> get.connectionId(id)))
                    .isInstanceOf(GoneException.class);
        }
    }

    @Test
    void a_push_gets_410_before_connect_has_returned_and_succeeds_after_it() {
        List<Throwable> refusals = new CopyOnWriteArrayList<>();
        List<RunningGateway> gateways = new CopyOnWriteArrayList<>();
        routes.on(
                "$connect",
                event -> {
                    String id = event.getRequestContext().getConnectionId();
                    try {
                        gateways.getFirst().push(id, "too early");
                    } catch (GoneException expected) {
                        refusals.add(expected);
                    }
                    return RecordingRoutes.answer(200, "");
                });
        try (RunningGateway running = RunningGateway.with(routes)) {
            gateways.add(running);
            for (int i = 0; i < 20; i++) {
                TestClient client = running.connect();
                running.push(
                        routes.of("$connect").get(i).getRequestContext().getConnectionId(), "now");
                assertThat(client.message(0)).isEqualTo("now");
            }
            assertThat(refusals).hasSize(20);
        }
    }

    @Test
    void get_returns_the_times_and_the_identity_of_a_connection() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            String id = routes.firstConnectionId();
            GetConnectionResponse before =
                    running.management.getConnection(get -> get.connectionId(id));
            client.send("hello");
            routes.first("$default");
            GetConnectionResponse after =
                    running.management.getConnection(get -> get.connectionId(id));

            assertThat(before.connectedAt().toEpochMilli())
                    .isEqualTo(routes.first("$connect").getRequestContext().getConnectedAt());
            assertThat(before.identity().sourceIp()).isEqualTo("127.0.0.1");
            assertThat(before.identity().userAgent()).contains("Java-http-client");
            assertThat(after.connectedAt()).isEqualTo(before.connectedAt());
            assertThat(after.lastActiveAt()).isAfter(before.lastActiveAt());
        }
    }

    @Test
    void delete_closes_after_posted_messages_and_the_connection_is_gone_at_once() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            String id = routes.firstConnectionId();
            running.push(id, "last words");
            running.delete(id);
            assertThatThrownBy(() -> running.push(id, "hello")).isInstanceOf(GoneException.class);
            assertThat(client.closed().code()).isEqualTo(1000);
            assertThat(client.messages).containsExactly("last words");
            assertThat(routes.first("$disconnect").getRequestContext().getConnectionId())
                    .isEqualTo(id);
        }
    }

    @Test
    void invalid_utf_8_does_not_break_the_connection() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient client = running.connect();
            byte[] malformed = {'a', (byte) 0xC3, 'b'};
            assertThatCode(
                            () ->
                                    running.management.postToConnection(
                                            post ->
                                                    post.connectionId(routes.firstConnectionId())
                                                            .data(
                                                                    SdkBytes.fromByteArray(
                                                                            malformed))))
                    .doesNotThrowAnyException();
            assertThat(client.message(0)).isEqualTo("a\uFFFDb");
        }
    }

    @Test
    void unsigned_calls_and_calls_from_web_pages_get_403() throws Exception {
        try (RunningGateway running = RunningGateway.with(routes)) {
            running.connect();
            URI uri =
                    URI.create(
                            running.gateway.connectionsEndpoint()
                                    + "/%40connections/"
                                    + routes.firstConnectionId().replace("=", "%3D"));
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("hello"));
            assertThat(running.http.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
            HttpRequest signed = request.header("Authorization", "AWS4-HMAC-SHA256 any").build();
            assertThat(running.http.send(signed, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            HttpRequest fromPage = request.header("Origin", "http://127.0.0.1:8080").build();
            assertThat(running.http.send(fromPage, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }
}
