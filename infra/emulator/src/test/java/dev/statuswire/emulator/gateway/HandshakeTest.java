package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorTime;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final RecordingRoutes routes = new RecordingRoutes();

    private static IamPolicyResponse policy(String effect, Map<String, Object> context) {
        var statement =
                effect.equals("Allow")
                        ? IamPolicyResponse.allowStatement("arn:aws:execute-api:*")
                        : IamPolicyResponse.denyStatement("*");
        return IamPolicyResponse.builder()
                .withPrincipalId("ada")
                .withPolicyDocument(
                        PolicyDocument.builder()
                                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                                .withStatement(List.of(statement))
                                .build())
                .withContext(context)
                .build();
    }

    private static int refusedWith(RunningGateway running, String query) {
        URI uri = URI.create(running.uri() + query);
        CompletionException thrown =
                catchThrowableOfType(
                        CompletionException.class, () -> TestClient.open(running.http, uri));
        if (thrown.getCause() instanceof WebSocketHandshakeException refused) {
            return refused.getResponse().statusCode();
        }
        throw new AssertionError(thrown);
    }

    private int refusedByConnect(
            Function<APIGatewayV2WebSocketEvent, @Nullable APIGatewayV2WebSocketResponse> connect) {
        try (RunningGateway running = RunningGateway.with(routes.on("$connect", connect))) {
            return refusedWith(running, "");
        }
    }

    @Test
    void the_connect_event_has_the_fields_of_api_gateway() {
        try (RunningGateway running = RunningGateway.with(routes)) {
            TestClient.open(running.http, URI.create(running.uri() + "?a=1&a=2&b=%C3%A4"));

            APIGatewayV2WebSocketEvent event = routes.first("$connect");
            assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("a", "2", "b", "ä"));
            assertThat(event.getMultiValueQueryStringParameters())
                    .containsEntry("a", List.of("1", "2"));
            assertThat(event.getHeaders())
                    .containsEntry("Sec-WebSocket-Version", "13")
                    .containsEntry("X-Forwarded-For", "127.0.0.1");
            var context = event.getRequestContext();
            assertThat(context.getEventType()).isEqualTo("CONNECT");
            assertThat(context.getRouteKey()).isEqualTo("$connect");
            assertThat(context.getStage()).isEqualTo("local");
            assertThat(context.getMessageDirection()).isEqualTo("IN");
            assertThat(context.getRequestId()).isEqualTo(context.getExtendedRequestId());
            assertThat(context.getMessageId()).isNull();
            assertThat(context.getConnectionId()).matches("[A-Za-z0-9_-]{15}=");
            assertThat(context.getConnectedAt()).isPositive();
            assertThat(context.getRequestTimeEpoch())
                    .isGreaterThanOrEqualTo(context.getConnectedAt());
            assertThat(context.getRequestTime())
                    .matches("\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
            assertThat(context.getIdentity().getSourceIp()).isEqualTo("127.0.0.1");
            assertThat(context.getDomainName())
                    .isEqualTo(running.gateway.connectionsEndpoint().getAuthority());
            assertThat(context.getAuthorizer()).isNull();
        }
    }

    @Test
    void every_event_of_a_connection_has_the_authorizer_context_as_strings() {
        Map<String, Object> context = Map.of("owner", "ada", "level", 3, "admin", true);
        try (RunningGateway running =
                RunningGateway.with(
                        routes,
                        (event, lambda) -> policy("Allow", context),
                        RunningGateway.AWS_LIMITS,
                        InstantSource.system(),
                        EmulatorTime.STEADY)) {
            TestClient client = running.connect();
            client.send("hello");
            routes.first("$default");
            client.socket().abort();

            Map<String, Object> expected =
                    Map.of("owner", "ada", "level", "3", "admin", "true", "principalId", "ada");
            for (String route : List.of("$connect", "$default", "$disconnect")) {
                assertThat(routes.first(route).getRequestContext().getAuthorizer())
                        .as(route)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void the_authorizer_gets_the_documented_request_event() {
        AtomicReference<Map<String, Object>> seen = new AtomicReference<>(Map.of());
        try (RunningGateway running =
                RunningGateway.withTicket(
                        routes,
                        (event, lambda) -> {
                            seen.set(event);
                            return policy("Allow", Map.of());
                        })) {
            TestClient.open(running.http, URI.create(running.uri() + "?ticket=abc"));

            assertThat(seen.get())
                    .containsEntry("type", "REQUEST")
                    .containsEntry("queryStringParameters", Map.of("ticket", "abc"))
                    .containsEntry(
                            "methodArn",
                            "arn:aws:execute-api:local:000000000000:local/local/$connect");
            assertThat(seen.get().get("requestContext"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("routeKey", "$connect")
                    .containsEntry("eventType", "CONNECT")
                    .containsEntry("connectionId", routes.firstConnectionId());
        }
    }

    @Test
    void a_denied_client_gets_403_and_connect_is_not_called() {
        try (RunningGateway running =
                RunningGateway.withTicket(routes, (event, lambda) -> policy("Deny", Map.of()))) {
            assertThat(refusedWith(running, "?ticket=abc")).isEqualTo(403);
            assertThat(routes.of("$connect")).isEmpty();
        }
    }

    @Test
    void an_authorizer_that_throws_unauthorized_results_in_401() {
        try (RunningGateway running =
                RunningGateway.withTicket(
                        routes,
                        (event, lambda) -> {
                            throw new IllegalStateException("Unauthorized");
                        })) {
            assertThat(refusedWith(running, "?ticket=abc")).isEqualTo(401);
        }
    }

    @Test
    void a_missing_identity_source_results_in_401_without_calling_the_authorizer() {
        try (RunningGateway running =
                RunningGateway.withTicket(
                        routes,
                        (event, lambda) -> {
                            throw new AssertionError("called");
                        })) {
            assertThat(refusedWith(running, "")).isEqualTo(401);
            assertThat(refusedWith(running, "?ticket=")).isEqualTo(401);
            assertThat(refusedWith(running, "?ticket=abc")).isEqualTo(500);
        }
    }

    @Test
    void an_authorizer_that_fails_or_returns_an_invalid_response_results_in_500() {
        try (RunningGateway running =
                RunningGateway.withTicket(
                        routes, (event, lambda) -> policy("Allow", Map.of("a", List.of())))) {
            assertThat(refusedWith(running, "?ticket=abc")).isEqualTo(500);
        }
        try (RunningGateway running =
                RunningGateway.withTicket(routes, (event, lambda) -> new IamPolicyResponse())) {
            assertThat(refusedWith(running, "?ticket=abc")).isEqualTo(500);
        }
    }

    @Test
    void a_connect_status_other_than_2xx_is_sent_to_the_client() {
        assertThat(refusedByConnect(event -> RecordingRoutes.answer(418, "no"))).isEqualTo(418);
        assertThat(refusedByConnect(event -> RecordingRoutes.answer(301, ""))).isEqualTo(301);
        assertThat(refusedByConnect(event -> RecordingRoutes.answer(501, ""))).isEqualTo(501);
    }

    @Test
    void a_connect_that_throws_or_returns_no_proxy_response_results_in_502() {
        assertThat(
                        refusedByConnect(
                                event -> {
                                    throw new IllegalStateException("broken");
                                }))
                .isEqualTo(502);
        assertThat(refusedByConnect(event -> null)).isEqualTo(502);
        assertThat(refusedByConnect(event -> RecordingRoutes.answer(0, ""))).isEqualTo(502);
    }

    @Test
    void a_connect_that_takes_too_long_results_in_504() {
        CountDownLatch never = new CountDownLatch(1);
        GatewayLimits shortTimeout =
                new GatewayLimits(
                        Duration.ofHours(2),
                        Duration.ofMinutes(10),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(2),
                        32 * 1024,
                        128 * 1024,
                        512 * 1024);
        routes.on(
                "$connect",
                event -> {
                    awaitQuietly(never);
                    return RecordingRoutes.answer(200, "");
                });
        try (RunningGateway running =
                RunningGateway.with(routes, shortTimeout, EmulatorTime.STEADY)) {
            assertThat(refusedWith(running, "")).isEqualTo(504);
            never.countDown();
        }
    }

    @Test
    void a_handshake_is_not_upgraded_before_connect_has_returned() throws Exception {
        CountDownLatch mayReturn = new CountDownLatch(1);
        routes.on(
                "$connect",
                event -> {
                    awaitQuietly(mayReturn);
                    return RecordingRoutes.answer(200, "");
                });
        try (RunningGateway running = RunningGateway.with(routes)) {
            var client =
                    running.http.newWebSocketBuilder().buildAsync(running.uri(), new TestClient());
            routes.first("$connect");
            assertThat(client).isNotDone();
            assertThat(running.gateway.openConnections()).isZero();
            mayReturn.countDown();
            client.join().abort();
        }
    }

    @Test
    void handlers_run_on_virtual_threads() {
        AtomicReference<Thread> thread = new AtomicReference<>(Thread.currentThread());
        routes.on(
                "$connect",
                event -> {
                    thread.set(Thread.currentThread());
                    return RecordingRoutes.answer(200, "");
                });
        try (RunningGateway running = RunningGateway.with(routes)) {
            running.connect();
            assertThat(thread.get().isVirtual()).isTrue();
        }
    }

    @Test
    void the_subprotocol_is_the_one_that_connect_chose_if_any() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = new RawClient(running.port(), 0)) {
            assertThat(client.shakeHands("Sec-WebSocket-Protocol: one, two\r\n"))
                    .contains("101")
                    .doesNotContain("Sec-WebSocket-Protocol");
        }
        routes.on(
                "$connect",
                event -> {
                    var response = RecordingRoutes.answer(200, "");
                    response.setHeaders(Map.of("sec-websocket-protocol", "two"));
                    return response;
                });
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = new RawClient(running.port(), 0)) {
            assertThat(client.shakeHands("Sec-WebSocket-Protocol: one, two\r\n"))
                    .containsOnlyOnce("Sec-WebSocket-Protocol: two");
        }
    }

    @Test
    void compression_is_not_negotiated() {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = new RawClient(running.port(), 0)) {
            assertThat(client.shakeHands("Sec-WebSocket-Extensions: permessage-deflate\r\n"))
                    .contains("101")
                    .doesNotContain("permessage-deflate");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 8\r\n",
                "Sec-WebSocket-Version: 14\r\n",
                "Sec-WebSocket-Version: 013\r\n",
                "Sec-WebSocket-Version: 8, 13\r\n",
                "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Version: 13\r\n",
                "Sec-WebSocket-Version:\r\n",
                ""
            })
    void a_handshake_with_an_unsupported_version_or_none_gets_426_and_the_version(String version) {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = new RawClient(running.port(), 0)) {
            assertThat(client.exchange(handshake("websocket", version, KEY)))
                    .startsWith("HTTP/1.1 426 ")
                    .containsOnlyOnce("Sec-WebSocket-Version: 13")
                    .containsIgnoringCase("\r\nUpgrade: websocket")
                    .containsIgnoringCase("\r\nConnection: Upgrade");
            assertThat(routes.of("$connect")).isEmpty();
        }
    }

    @Test
    void a_handshake_for_another_protocol_or_without_an_upgrade_gets_400() {
        String version = "Sec-WebSocket-Version: 13\r\n";
        String good = handshake("websocket", version, KEY);
        for (String request :
                List.of(
                        handshake("h2c", version, KEY),
                        handshake("h2c, websocket", version, KEY),
                        good.replace("Connection: keep-alive, Upgrade", "Connection: keep-alive"),
                        good.replace("Connection: keep-alive, Upgrade\r\n", ""))) {
            try (RunningGateway running = RunningGateway.with(routes);
                    RawClient client = new RawClient(running.port(), 0)) {
                assertThat(client.exchange(request)).startsWith("HTTP/1.1 400 ");
                assertThat(routes.of("$connect")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ= =", "short", ""})
    void a_handshake_with_a_malformed_key_gets_400(String key) {
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = new RawClient(running.port(), 0)) {
            String version = "Sec-WebSocket-Version: 13\r\n";
            assertThat(client.exchange(handshake("websocket", version, key)))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(routes.of("$connect")).isEmpty();
        }
    }

    private static String handshake(String upgrade, String version, String key) {
        return "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: "
                + upgrade
                + "\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: "
                + key
                + "\r\n"
                + version
                + "\r\n";
    }

    @Test
    void a_malformed_handshake_gets_400_and_connect_is_not_called() {
        String request =
                """
                GET /live HTTP/1.1\r
                Host: 127.0.0.1\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: short\r
                Sec-WebSocket-Version: 13\r
                \r
                """;
        try (RunningGateway running = RunningGateway.with(routes);
                RawClient client = new RawClient(running.port(), 0)) {
            assertThat(client.exchange(request)).startsWith("HTTP/1.1 400 ");
            assertThat(routes.of("$connect")).isEmpty();
        }
    }

    @Test
    void a_check_registered_before_the_gateway_can_refuse_a_handshake() {
        try (RunningGateway running =
                RunningGateway.withConfig(
                        routes,
                        config ->
                                config.routes.wsBeforeUpgrade(
                                        context -> {
                                            throw new ForbiddenResponse("origin");
                                        }))) {
            assertThat(refusedWith(running, "")).isEqualTo(403);
            assertThat(routes.of("$connect")).isEmpty();
        }
    }

    @Test
    void disconnect_is_called_for_a_client_that_leaves_during_connect() {
        CountDownLatch mayReturn = new CountDownLatch(1);
        routes.on(
                "$connect",
                event -> {
                    awaitQuietly(mayReturn);
                    return RecordingRoutes.answer(200, "");
                });
        try (RunningGateway running = RunningGateway.with(routes)) {
            Thread leaver =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (RawClient client = new RawClient(running.port(), 0)) {
                                            client.sendHandshake("");
                                            routes.first("$connect");
                                        }
                                    });
            Await.until("gone", () -> !leaver.isAlive());
            mayReturn.countDown();
            assertThat(routes.first("$disconnect").getRequestContext().getConnectionId())
                    .isEqualTo(routes.firstConnectionId());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
