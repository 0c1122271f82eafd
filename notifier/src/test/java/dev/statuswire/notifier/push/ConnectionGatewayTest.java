package dev.statuswire.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.json.Json;
import dev.statuswire.notifier.push.ConnectionGateway.CallResult;
import dev.statuswire.notifier.testing.ConnectionsEndpoint;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

final class ConnectionGatewayTest {

    /** Ends like a real connection id, which becomes part of a URL path. */
    private static final String CONNECTION = "L0SM9cOFvHcCIhw=";

    private static final SdkBytes FRAME = SdkBytes.fromUtf8String("{\"type\":\"pong\"}");

    private final ConnectionsEndpoint endpoint = new ConnectionsEndpoint();
    private final ApiGatewayManagementApiClient client = ConnectionGateway.client(endpoint.uri());
    private final ConnectionGateway gateway = new ConnectionGateway(client);

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    @Test
    void a_post_arrives_unchanged_below_the_stage() {
        assertThat(gateway.post(CONNECTION, FRAME)).isEqualTo(CallResult.DONE);
        assertThat(endpoint.posted(CONNECTION))
                .containsExactly(Json.parse(FRAME.asUtf8String()).orElseThrow());
    }

    @Test
    void a_close_is_a_delete() {
        assertThat(gateway.close(CONNECTION)).isEqualTo(CallResult.DONE);
        assertThat(endpoint.closed()).isEqualTo(Map.of(CONNECTION, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "200, DONE",
        "410, GONE",
        "429, BUSY",
        "500, BUSY",
        "503, BUSY",
        "400, REFUSED",
        "403, REFUSED",
        "413, REFUSED"
    })
    void a_call_is_made_once_and_its_result_depends_on_the_status_code(
            int status, CallResult result) {
        endpoint.respond("POST", CONNECTION, status);
        endpoint.respond("DELETE", CONNECTION, status);

        assertThat(gateway.post(CONNECTION, FRAME)).isEqualTo(result);
        assertThat(gateway.close(CONNECTION)).isEqualTo(result);
        assertThat(endpoint.posted(CONNECTION)).hasSize(1);
        assertThat(endpoint.closed()).isEqualTo(Map.of(CONNECTION, 1L));
    }

    @Test
    void a_call_without_a_response_in_time_is_silent_and_made_once() {
        endpoint.respond("POST", CONNECTION, ConnectionsEndpoint.HANG);

        assertThat(gateway.post(CONNECTION, FRAME)).isEqualTo(CallResult.SILENT);
        assertThat(endpoint.posted(CONNECTION)).hasSize(1);
    }

    @Test
    void an_unreachable_gateway_is_busy() {
        endpoint.close();

        assertThat(gateway.post(CONNECTION, FRAME)).isEqualTo(CallResult.BUSY);
    }
}
