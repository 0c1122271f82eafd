package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

class ConnectionsClientTest {

    private static final String LARGEST = "x".repeat(128 * 1024);

    private final RecordingRoutes routes = new RecordingRoutes();

    private static ApiGatewayManagementApiClient unsigned(WebSocketGateway gateway) {
        return ApiGatewayManagementApiClient.builder()
                .httpClient(gateway.connectionsClient())
                .endpointOverride(gateway.connectionsEndpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    private static void push(ApiGatewayManagementApiClient client, String id, String message) {
        client.postToConnection(
                request -> request.connectionId(id).data(SdkBytes.fromUtf8String(message)));
    }

    @Test
    void what_is_posted_within_this_jvm_arrives_whole_and_needs_no_signature() {
        try (RunningGateway running = RunningGateway.with(routes);
                var client = unsigned(running.gateway)) {
            TestClient page = running.connect();
            String id = routes.firstConnectionId();
            push(client, id, "message ä");
            push(client, id, LARGEST);
            assertThat(page.message(1)).isEqualTo(LARGEST);
            assertThat(page.message(0)).isEqualTo("message ä");
        }
    }

    @Test
    void what_is_too_large_or_gone_is_answered_as_over_the_network() {
        try (RunningGateway running = RunningGateway.with(routes);
                var client = unsigned(running.gateway)) {
            running.connect();
            String id = routes.firstConnectionId();
            assertThatThrownBy(() -> push(client, id, LARGEST + "x"))
                    .isInstanceOf(PayloadTooLargeException.class);
            assertThatThrownBy(() -> push(client, "AAAAAAAAAAAAAAA=", "hello"))
                    .isInstanceOf(GoneException.class);
        }
    }
}
