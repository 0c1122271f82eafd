package dev.statuswire.notifier.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.testing.StandInDynamoDb;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

final class DynamoDbConnectionStoreTest {

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private final ManualClock clock = new ManualClock();
    private final String table = ConnectionTables.create(DATABASE);
    private final DynamoDbConnectionStore connections = connections(1000);

    private DynamoDbConnectionStore connections(int maxPerOwner) {
        return new DynamoDbConnectionStore(DATABASE.client(), table, maxPerOwner, clock);
    }

    @Test
    void a_subscribed_connection_is_a_subscriber_of_its_owner_only() {
        connections.subscribe(Topic.ofOwner("ann"), "a1=");
        connections.subscribe(Topic.ofOwner("ann"), "a2=");
        connections.subscribe(Topic.ofOwner("bob"), "b1=");

        assertThat(connections.subscribers(Topic.ofOwner("ann")))
                .containsExactlyInAnyOrder("a1=", "a2=");
        assertThat(connections.subscribers(Topic.ofOwner("bob"))).containsExactly("b1=");
        assertThat(connections.subscribers(Topic.ofOwner("an"))).isEmpty();
    }

    @Test
    void a_removed_connection_is_not_a_subscriber() {
        connections.subscribe(Topic.ofOwner("ann"), "a1");
        connections.unsubscribe(Topic.ofOwner("ann"), "a1");
        connections.unsubscribe(Topic.ofOwner("ann"), "never-there");

        assertThat(connections.subscribers(Topic.ofOwner("ann"))).isEmpty();
    }

    @Test
    void a_connection_expires_after_two_hours_and_ten_minutes_even_if_its_row_still_exists() {
        connections.subscribe(Topic.ofOwner("ann"), "a1");

        clock.advance(Duration.ofMinutes(129));
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).containsExactly("a1");

        clock.advance(Duration.ofMinutes(1));
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).isEmpty();
        assertThat(rows()).hasSize(1);
    }

    @Test
    void subscribing_again_restarts_the_lifetime() {
        connections.subscribe(Topic.ofOwner("ann"), "a1");
        clock.advance(Duration.ofHours(2));
        connections.subscribe(Topic.ofOwner("ann"), "a1");
        clock.advance(Duration.ofHours(2));

        assertThat(connections.subscribers(Topic.ofOwner("ann"))).containsExactly("a1");
    }

    @Test
    void a_row_has_the_documented_form() {
        connections.subscribe(Topic.ofOwner("ann"), "a1");

        Instant end = Instant.parse("2026-01-01T02:10:00Z");
        assertThat(rows())
                .containsExactly(
                        Map.of(
                                "topic", AttributeValue.fromS("owner#ann"),
                                "connectionId", AttributeValue.fromS("a1"),
                                "expiresAt", AttributeValue.fromN("" + end.getEpochSecond())));
    }

    @Test
    void one_connection_too_many_is_refused_and_leaves_nothing_behind() {
        ConnectionStore two = connections(2);

        assertThat(two.subscribe(Topic.ofOwner("ann"), "a1"))
                .isEqualTo(SubscribeOutcome.SUBSCRIBED);
        assertThat(two.subscribe(Topic.ofOwner("ann"), "a2"))
                .isEqualTo(SubscribeOutcome.SUBSCRIBED);
        assertThat(two.subscribe(Topic.ofOwner("ann"), "a3")).isEqualTo(SubscribeOutcome.TOO_MANY);
        assertThat(two.subscribe(Topic.ofOwner("ann"), "a2"))
                .isEqualTo(SubscribeOutcome.SUBSCRIBED);
        assertThat(two.subscribers(Topic.ofOwner("ann"))).containsExactlyInAnyOrder("a1", "a2");
    }

    @Test
    void expired_connections_are_not_counted() {
        ConnectionStore one = connections(1);
        one.subscribe(Topic.ofOwner("ann"), "a1");
        clock.advance(Duration.ofHours(3));

        assertThat(one.subscribe(Topic.ofOwner("ann"), "a2"))
                .isEqualTo(SubscribeOutcome.SUBSCRIBED);
    }

    @Test
    void concurrent_subscriptions_never_exceed_the_maximum_of_an_owner() {
        ConnectionStore ten = connections(10);
        IntStream.range(0, 40)
                .parallel()
                .forEach(number -> ten.subscribe(Topic.ofOwner("ann"), "a" + number));

        assertThat(ten.subscribers(Topic.ofOwner("ann"))).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void all_pages_of_a_long_list_are_read() {
        String padding = "x".repeat(1000);
        List<String> many = IntStream.range(0, 1000).mapToObj(n -> n + padding).toList();
        many.parallelStream().forEach(id -> put("ann", id));

        assertThat(connections.subscribers(Topic.ofOwner("ann")))
                .containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void all_connections_are_listed_by_owner_without_expired_ones_and_tickets() {
        connections.subscribe(Topic.ofOwner("ann"), "gone");
        clock.advance(Duration.ofMinutes(130));
        connections.subscribe(Topic.ofOwner("ann"), "a1=");
        connections.subscribe(Topic.ofOwner("ann"), "a2=");
        connections.subscribe(Topic.ofOwner("bob"), "b1=");
        new DynamoDbTickets(DATABASE.client(), table, new SecureRandom(), clock)
                .issue(Topic.ofOwner("cyd"));

        Map<String, List<String>> byOwner = connections.byOwner();

        assertThat(byOwner).containsOnlyKeys("ann", "bob");
        assertThat(byOwner.get("ann")).containsExactlyInAnyOrder("a1=", "a2=");
        assertThat(byOwner.get("bob")).containsExactly("b1=");
    }

    @Test
    void an_unreachable_database_causes_a_store_exception() {
        var dead = new DynamoDbConnectionStore(ConnectionTables.outOfReach(), table, 1, clock);

        assertThatThrownBy(() -> dead.subscribers(Topic.ofOwner("ann")))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(dead::byOwner).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> dead.subscribe(Topic.ofOwner("ann"), "a"))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> dead.unsubscribe(Topic.ofOwner("ann"), "a"))
                .isInstanceOf(StoreException.class);
    }

    /**
     * Checks the queries, because DynamoDB Local reads consistently even if the query does not
     * request it.
     */
    @Test
    void subscribers_and_their_number_are_read_consistently() {
        List<QueryRequest> queries = new ArrayList<>();
        var watched = new DynamoDbConnectionStore(watched(queries), table, 1000, clock);
        watched.subscribe(Topic.ofOwner("ann"), "a1");
        watched.subscribers(Topic.ofOwner("ann"));

        assertThat(queries).hasSize(2).allMatch(query -> query.consistentRead());
    }

    private static DynamoDbClient watched(List<QueryRequest> queries) {
        return StandInDynamoDb.of(
                DATABASE.client(),
                (_, request, call) -> {
                    if (request instanceof QueryRequest query) {
                        queries.add(query);
                    }
                    return call.send();
                });
    }

    private void put(String owner, String connectionId) {
        DATABASE.client()
                .putItem(
                        request ->
                                request.tableName(table)
                                        .item(
                                                Map.of(
                                                        "topic",
                                                        AttributeValue.fromS("owner#" + owner),
                                                        "connectionId",
                                                        AttributeValue.fromS(connectionId),
                                                        "expiresAt",
                                                        AttributeValue.fromN("9999999999"))));
    }

    private List<Map<String, AttributeValue>> rows() {
        return DATABASE.client().scan(scan -> scan.tableName(table)).items();
    }
}
