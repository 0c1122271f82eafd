package dev.statuswire.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.notifier.push.ConnectionGateway;
import dev.statuswire.notifier.testing.ConnectionsEndpoint;
import dev.statuswire.notifier.testing.RecordedMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

final class TypesAnnouncementTest {

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private static final JsonNode CHANGED = Json.parse("{\"type\":\"types\"}").orElseThrow();

    private final DynamoDbConnectionStore connections =
            new DynamoDbConnectionStore(
                    DATABASE.client(), ConnectionTables.create(DATABASE), 1000, new ManualClock());
    private final ConnectionsEndpoint endpoint = new ConnectionsEndpoint();
    private final ApiGatewayManagementApiClient gateway = ConnectionGateway.client(endpoint.uri());
    private final TypesAnnouncement announcement =
            new TypesAnnouncement(
                    connections, gateway, new RecordedMetrics(), TimeAndRandomness.real());

    @AfterEach
    void stop() {
        gateway.close();
        endpoint.close();
    }

    @Test
    void every_connection_of_every_owner_is_told() {
        connections.subscribe(Topic.ofOwner("ann"), "a1");
        connections.subscribe(Topic.ofOwner("ann"), "a2");
        connections.subscribe(Topic.ofOwner("bob"), "b1");

        announcement.push();

        assertThat(endpoint.posted("a1")).containsExactly(CHANGED);
        assertThat(endpoint.posted("a2")).containsExactly(CHANGED);
        assertThat(endpoint.posted("b1")).containsExactly(CHANGED);
    }

    @Test
    void row_of_a_connection_that_is_gone_is_deleted() {
        connections.subscribe(Topic.ofOwner("ann"), "gone");
        connections.subscribe(Topic.ofOwner("ann"), "open");
        endpoint.respond("POST", "gone", 410);

        announcement.push();

        assertThat(endpoint.posted("open")).containsExactly(CHANGED);
        assertThat(connections.byOwner()).isEqualTo(Map.of("ann", List.of("open")));
    }
}
