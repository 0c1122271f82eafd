package dev.statuswire.aws.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import dev.statuswire.aws.door.gateway.GatewaySetup;
import dev.statuswire.aws.template.Database;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Checks that the front door stores the same item as the API, except for the life. */
final class StoredItemTest {

    private static final String INPUT = "{\"dish\":\"soup\",\"quantity\":2}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.000Z",
                "2026-02-28T23:59:59.999Z",
                "2028-02-29T00:00:00.001Z",
                "2026-03-01T00:00:00.010Z",
                "2026-04-09T10:11:12.100Z",
                "2026-05-31T10:11:12.009Z",
                "2026-06-30T10:11:12.123Z",
                "2026-07-01T10:11:12.123Z",
                "2026-08-01T10:11:12.123Z",
                "2026-09-01T10:11:12.123Z",
                "2026-10-01T10:11:12.123Z",
                "2026-11-21T10:00:00.123Z",
                "2026-12-31T23:59:59.999Z"
            })
    void item_has_the_same_attributes_as_that_of_the_api(Instant now) {
        try (var door = GatewayDoor.of(GatewaySetup.standard().at(() -> now))) {
            assertStored(door, "test-order", "ada", now);
        }
    }

    @ParameterizedTest
    @EnumSource(OwnerExpression.class)
    void item_belongs_to_the_caller_that_the_authorizer_names(OwnerExpression owner) {
        Instant now = Instant.parse("2026-11-21T10:00:00.123Z");
        try (var door = GatewayDoor.of(GatewaySetup.shipped(owner).at(() -> now))) {
            assertStored(door, "place-order", "https://issuer.example.org/it's \"me\"", now);
        }
    }

    private void assertStored(GatewayDoor door, String type, String owner, Instant now) {
        var key = new RequestKey(owner, ApiClient.newId());
        String body = "{\"type\":\"%s\",\"input\":%s}".formatted(type, INPUT);
        var answer = door.client().as(owner).putJson("/requests/" + key.id(), body);
        assertThat(answer.status()).isEqualTo(202);
        String life = answer.json().path("life").asText();
        var expected =
                new HashMap<>(
                        ApiServer.Parts.TRANSITIONS.submit(key, new Submission(type, INPUT), now));
        expected.put(Item.LIFE, AttributeValue.fromS(life));
        assertThat(item(door.table(), key)).isEqualTo(expected);
        // The form in which API Gateway generates it.
        assertThat(life).matches("[A-Za-z0-9+/]{15}=");
    }

    private Map<String, AttributeValue> item(String table, RequestKey key) {
        return Database.client().getItem(get -> get.tableName(table).key(Item.key(key))).item();
    }
}
